import { useMemo, useRef } from 'react';
import { normalizeDefinition } from '../../../src/engine/definition/normalize-definition.ts';
import type { Remark } from '../editor/json-editor.tsx';
import { partsOf } from '../editor/json-places.ts';
import { GraphView } from '../graph/graph-view.tsx';
import { graphOf } from '../graph/model.ts';
import type { GraphModel } from '../graph/model.ts';
import type { NodeState } from '../graph/nodes.tsx';
import { countOf } from '../show/count.ts';

/** The graph of a definition as it is written: with what is wrong at its nodes. */
export function DefinitionGraph(given: {
  input: unknown;
  remarks: readonly Remark[];
  selected: string | undefined;
  onSelect: (id: string | undefined) => void;
}) {
  const { input, remarks, selected, onSelect } = given;
  const model = useModel(input);
  const byNode = useMemo(() => remarksByNode(remarks), [remarks]);
  return (
    <GraphView
      model={model}
      stateOf={(id) => stateOf(byNode.get(id))}
      selected={selected}
      onSelect={onSelect}
    />
  );
}

/** The graph of what could be read last; the same one as long as nothing of it has changed. */
function useModel(input: unknown): GraphModel {
  const last = useRef<GraphModel>({ nodes: [], edges: [] });
  return useMemo(() => {
    const { definition } = normalizeDefinition(input);
    const next = definition ? graphOf(definition) : last.current;
    if (JSON.stringify(next) !== JSON.stringify(last.current)) last.current = next;
    return last.current;
  }, [input]);
}

function remarksByNode(remarks: readonly Remark[]): Map<string, Remark[]> {
  const found = new Map<string, Remark[]>();
  for (const remark of remarks) {
    const [root, id] = partsOf(remark.pointer);
    if (root === 'nodes' && id !== undefined) found.set(id, [...(found.get(id) ?? []), remark]);
  }
  return found;
}

function stateOf(remarks: readonly Remark[] | undefined): NodeState | undefined {
  if (!remarks) return undefined;
  const isError = remarks.some(({ severity }) => severity === 'error');
  return {
    status: isError ? 'failure' : 'partial',
    problem: isError ? 'error' : 'warning',
    note: countOf(remarks.length, isError ? 'problem' : 'warning'),
  };
}
