/** A run as the Temporal UI shows it beside its history: the states of its nodes, and its graph. */
import { indexGraph } from '../definition/graph-index.ts';
import type { CompiledGraph, GraphNode } from '../definition/graph.ts';
import { nodeState } from './scheduler-state.ts';
import type { LoopState, SchedulerState } from './scheduler-state.ts';

/** Larger graphs are shown by their first nodes. */
const maxNodes = 60;

const stateNames = Object.entries(nodeState).map(([name]) => name);

const mermaidClasses: Partial<Record<string, string>> = {
  running: 'fill:#cfe2ff',
  waiting: 'fill:#fff3cd',
  success: 'fill:#d1e7dd',
  partial: 'fill:#ffe5d0',
  failure: 'fill:#f8d7da',
};

/** Returns Markdown: a table of the nodes outside loops with their states, and a Mermaid graph of them. */
export function describeRun(graph: CompiledGraph, state: SchedulerState): string {
  const nodes = (indexGraph(graph).get('')?.nodes ?? []).slice(0, maxNodes).map(({ node }) => node);
  const states = state.scopes['']?.states ?? [];
  const named = nodes.map((node, number) => ({ node, state: stateNames[states[number] ?? 0] ?? 'idle' }));
  const left = graph.nodes.filter((node) => node.loop === undefined).length - nodes.length;
  const rows = named.map(
    ({ node, state: name }) =>
      `| ${node.id} | ${node.type} | ${name}${progressOf(state.loops[`${node.id}[`])} |`,
  );
  return [
    '| node | type | state |',
    '|---|---|---|',
    ...rows,
    ...(left > 0 ? [`| … | ${left} more | |`] : []),
    '',
    '```mermaid',
    'flowchart LR',
    ...graph.roots
      .filter((id) => named.some(({ node }) => node.id === id))
      .map((id) => `  trigger([trigger]) --> ${mermaidId(id)}`),
    ...named.flatMap(({ node, state: name }) => linesOf(node, name, named.length < maxNodes)),
    ...Object.entries(mermaidClasses).map(([name, style]) => `  classDef ${name} ${style}`),
    '```',
  ].join('\n');
}

function progressOf(loop: LoopState | undefined): string {
  if (!loop) return '';
  const over = loop.succeeded + loop.failures.length;
  const total = loop.itemCount === undefined ? '' : ` of ${loop.itemCount}`;
  return `, ${over}${total} over, ${loop.open.length} under way`;
}

function linesOf(node: GraphNode, state: string, hasEdges: boolean): string[] {
  const own = `  ${mermaidId(node.id)}["${node.id}"]${state in mermaidClasses ? `:::${state}` : ''}`;
  if (!hasEdges) return [own];
  const edge = (to: string, label?: string) =>
    `  ${mermaidId(node.id)} -->${label === undefined ? '' : `|${label}|`} ${mermaidId(to)}`;
  return [
    own,
    ...node.children.map((id) => edge(id)),
    ...Object.entries(node.branches).flatMap(([name, ids]) => ids.map((id) => edge(id, name))),
    ...node.onError.map((id) => edge(id, 'error')),
  ];
}

/** Ids of nodes may be words of Mermaid. */
function mermaidId(id: string): string {
  return `n_${id.replace(/\W/g, '_')}`;
}
