/** What can be wrong with a single node: its type, its payload, fields that do not go together. */
import { maxAttemptMs, pointerTo } from './definition.ts';
import type { DefinitionNode } from './definition.ts';
import type { DefinitionGraph } from './definition-graph.ts';
import { problem, quote } from './definition-problems.ts';
import type { Problem } from './definition-problems.ts';
import { schemaProblems } from './definition.schema.ts';
import type { NodeType } from '../node-types/node-type.schema.ts';
import { nodeType, nodeTypes } from '../node-types/registry.ts';
import { triggerType, triggerTypes } from '../trigger-types/registry.ts';

/** Checks every node by itself, and that there is exactly one trigger. */
export function checkNodes(graph: DefinitionGraph): Problem[] {
  const nodes = Object.entries(graph.definition.nodes);
  return [
    ...checkTriggerCount(graph),
    ...checkTriggerIds(graph),
    ...nodes.flatMap(([id, node]) => checkNode(graph, id, node)),
  ];
}

const triggerNames = triggerTypes.map((type) => type.type).join(', ');

function checkTriggerCount({ definition, rootId, loopOf }: DefinitionGraph): Problem[] {
  const triggers = Object.entries(definition.nodes).filter(([, node]) => triggerType(node.type));
  if (triggers.length === 0) {
    return [problem('no_trigger', '/nodes', `expected one node of type ${triggerNames}; came none`)];
  }
  const inLoop = triggers.filter(([id]) => loopOf.has(id));
  return [
    ...triggers
      .filter(([id]) => id !== rootId)
      .map(([id, node]) =>
        problem(
          'several_triggers',
          pointerTo('nodes', id, 'type'),
          `expected one trigger, ${quote(rootId ?? '')}; came another of type ${node.type}`,
        ),
      ),
    ...inLoop.map(([id]) =>
      problem('edge_to_trigger', pointerTo('nodes', id), `the trigger cannot be in the body of a loop`),
    ),
  ];
}

/** B3OS names the triggers beside the nodes; there is one. */
function checkTriggerIds({ definition, rootId }: DefinitionGraph): Problem[] {
  return (definition.triggerNodeIds ?? []).flatMap((id, index) =>
    id === rootId
      ? []
      : [
          problem(
            'invalid_value',
            pointerTo('triggerNodeIds', index),
            `triggerNodeIds: expected the trigger ${quote(rootId ?? '')} alone; came ${quote(id)}`,
          ),
        ],
  );
}

function checkNode(graph: DefinitionGraph, id: string, node: DefinitionNode): Problem[] {
  const at = pointerTo('nodes', id);
  const trigger = triggerType(node.type);
  if (trigger) {
    return [
      ...schemaProblems(trigger.payload, node.payload, `${at}/payload`),
      ...checkTriggerFields(at, node),
    ];
  }
  const type = nodeType(node.type);
  // An empty type stands for one that was reported while normalising.
  if (!type) return node.type === '' ? [] : [unknownType(at, node.type)];
  return [
    ...schemaProblems(type.payload, node.payload, `${at}/payload`),
    ...checkEffects(at, node, type),
    ...checkTimeout(at, node, type),
    ...checkErrorFields(at, node),
    ...checkLoopBody(at, node, type.mode === 'loop'),
    ...checkOutput(graph, id, node),
  ];
}

function unknownType(at: string, name: string): Problem {
  const known = [...triggerTypes, ...nodeTypes].map((type) => type.type).join(', ');
  return problem('unknown_node_type', `${at}/type`, `type: expected one of ${known}; came ${quote(name)}`);
}

function checkTriggerFields(at: string, node: DefinitionNode): Problem[] {
  const given: Record<string, boolean> = {
    branches: Object.keys(node.branches).length > 0,
    onError: node.onError.length > 0,
    continueOnError: node.continueOnError,
    join: node.join !== 'settled',
    loopBody: node.loopBody !== undefined,
    retry: node.retry !== undefined,
    timeoutMs: node.timeoutMs !== undefined,
    deadlineMs: node.deadlineMs !== undefined,
    credential: node.credential !== undefined,
  };
  return Object.keys(given)
    .filter((field) => given[field])
    .map((field) =>
      problem(
        'trigger_field',
        `${at}/${field}`,
        `${field}: a trigger has only type, payload, children, title and description; take it out`,
      ),
    );
}

/** What a node of this type would not obey is refused rather than ignored. */
function checkEffects(at: string, node: DefinitionNode, type: NodeType): Problem[] {
  const reasons: Record<string, string | undefined> = {
    retry: node.retry && !type.retries ? 'is never tried again' : undefined,
    credential:
      node.credential !== undefined && type.secretFields.length === 0
        ? 'has no field that may name a secret'
        : undefined,
  };
  return Object.entries(reasons).flatMap(([field, reason]) => {
    const message = `${field}: expected only where it has an effect; ${quote(type.type)} ${reason ?? ''}`;
    return reason === undefined ? [] : [problem('field_without_effect', `${at}/${field}`, message)];
  });
}

/** The modes in which a node may go on for as long as it likes; the others hold a worker. */
const lastingModes: readonly string[] = ['delay', 'wait', 'loop', 'child'];

function checkTimeout(at: string, { timeoutMs = 0 }: DefinitionNode, type: NodeType): Problem[] {
  if (lastingModes.includes(type.mode) || timeoutMs <= maxAttemptMs) return [];
  const message = `timeoutMs: expected at most ${maxAttemptMs} (24 hours): an attempt of ${quote(type.type)} holds a worker; came ${timeoutMs}`;
  return [problem('invalid_value', `${at}/timeoutMs`, message)];
}

function checkErrorFields(at: string, node: DefinitionNode): Problem[] {
  if (!node.continueOnError || node.onError.length === 0) return [];
  return [
    problem(
      'continue_with_on_error',
      `${at}/continueOnError`,
      'expected either continueOnError or onError; came both',
    ),
  ];
}

function checkLoopBody(at: string, node: DefinitionNode, isLoop: boolean): Problem[] {
  const count = node.loopBody?.length ?? 0;
  if (isLoop && count === 0) {
    return [
      problem(
        'missing_loop_body',
        `${at}/loopBody`,
        `loopBody: expected the ids of at least one body node; came none`,
      ),
    ];
  }
  if (isLoop || node.loopBody === undefined) return [];
  return [
    problem(
      'loop_body_on_other_type',
      `${at}/loopBody`,
      `loopBody: expected only on for-each and repeat; came on ${quote(node.type)}`,
    ),
  ];
}

function checkOutput({ loopOf }: DefinitionGraph, id: string, node: DefinitionNode): Problem[] {
  const loop = loopOf.get(id);
  if (node.type !== 'output' || loop === undefined) return [];
  return [
    problem(
      'output_in_loop',
      pointerTo('nodes', id),
      `expected an output node outside loops; came one in the body of ${quote(loop)}`,
    ),
  ];
}
