/** Workflows of n8n, as they are exported: nodes, and connections by the names of nodes. */
import { pointerTo } from '../../engine/definition/definition.ts';
import { list, loose, text } from '../loose.ts';
import type { Loose } from '../loose.ts';
import type { Place } from '../report.ts';

/** A node of n8n. */
export interface N8nNode {
  name: string;
  /** Without the name of its package where that is n8n's own. */
  type: string;
  version: number;
  parameters: Loose;
  raw: Loose;
  place: Place;
}

/** Where a connection begins. */
export interface Connection {
  output: number;
  to: string;
}

/** A workflow as it is read. */
export interface N8nWorkflow {
  name: string;
  raw: Loose;
  nodes: Map<string, N8nNode>;
  /** By the name of the node that it leaves. */
  connections: Map<string, Connection[]>;
  /** Names in connections that no node has. */
  unknown: string[];
  /** Nodes that are only attached to others: models, tools, memories; by the kind of connection. */
  attached: Map<string, string>;
}

/** Reads an export; `undefined` when it is none. */
export function readWorkflow(source: unknown): N8nWorkflow | undefined {
  const raw = loose(source);
  if (!Array.isArray(raw['nodes'])) return undefined;
  const nodes = new Map<string, N8nNode>();
  for (const [index, one] of raw['nodes'].entries()) {
    const node = loose(one);
    const name = text(node['name']) || `node ${index + 1}`;
    nodes.set(name, {
      name,
      type: text(node['type']).replace(/^n8n-nodes-base\./, ''),
      version: Number(node['typeVersion'] ?? 1),
      parameters: loose(node['parameters']),
      raw: node,
      place: { part: name, pointer: pointerTo('nodes', index) },
    });
  }
  return {
    name: text(raw['name']) || 'imported',
    raw,
    nodes,
    connections: connectionsOf(raw, nodes),
    unknown: unknownIn(raw, nodes),
    attached: attachedOf(raw, nodes),
  };
}

function connectionsOf(raw: Loose, nodes: Map<string, N8nNode>): Map<string, Connection[]> {
  const found = new Map<string, Connection[]>();
  for (const [from, kinds] of Object.entries(loose(raw['connections']))) {
    const outputs = list(loose(kinds)['main']).flatMap((targets, output) =>
      list(targets).map((target) => ({ output, to: text(loose(target)['node']) })),
    );
    found.set(
      from,
      outputs.filter(({ to }) => nodes.has(to)),
    );
  }
  return found;
}

function unknownIn(raw: Loose, nodes: Map<string, N8nNode>): string[] {
  const named = Object.entries(loose(raw['connections'])).flatMap(([from, kinds]) => [
    from,
    ...Object.values(loose(kinds)).flatMap((outputs) =>
      list(outputs).flatMap((targets) => list(targets).map((target) => text(loose(target)['node']))),
    ),
  ]);
  return [...new Set(named)].filter((name) => !nodes.has(name));
}

function attachedOf(raw: Loose, nodes: Map<string, N8nNode>): Map<string, string> {
  const found = new Map<string, string>();
  for (const [from, kinds] of Object.entries(loose(raw['connections'])))
    for (const [kind, outputs] of Object.entries(loose(kinds)))
      if (kind !== 'main' && nodes.has(from) && list(outputs).some((one) => list(one).length > 0))
        found.set(from, kind);
  return found;
}
