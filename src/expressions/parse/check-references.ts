/** Checks what the expressions of a definition name: everything that saving refuses or warns of. */
import { nodeOf, pointerTo } from '../../engine/definition/definition.ts';
import type { Definition, DefinitionNode } from '../../engine/definition/definition.ts';
import { problem, quote } from '../../engine/definition/definition-problems.ts';
import type { Problem } from '../../engine/definition/definition-problems.ts';
import { flowExpressions } from '../../engine/flow/flow-settings.ts';
import { isPerItem as isItemField, isPlain, nodeType } from '../../engine/node-types/registry.ts';
import type { CanHaveRun } from '../../engine/definition/reachability.ts';
import { expressionLimits } from '../evaluate/limits.ts';
import { compilePattern, expectedPattern } from '../evaluate/match-text.ts';
import { requestExpressionProblem } from './check-request-expression.ts';
import { isTemplateText } from './split-text.ts';
import { parseTemplate } from './template.ts';
import type { NodeReference, Reference, ValueReference } from './template.ts';

const loopTypes = ['for-each', 'repeat'];

interface Place {
  definition: Definition;
  canHaveRun: CanHaveRun;
  nodeId: string;
  node: DefinitionNode;
  /** Ids of the loops around, innermost first. */
  loops: string[];
  loopOf: ReadonlyMap<string, string>;
  known: KnownNames;
}

/** What a definition may name that is outside it. What is left out is not checked. */
export interface KnownNames {
  secrets?: ReadonlySet<string>;
}

/**
 * Returns all problems of the expressions of a normalised definition, in its order, with pointers from its root.
 * Stands on `canHaveRun` for what comes before what.
 */
export function checkReferences(
  definition: Definition,
  canHaveRun: CanHaveRun,
  known: KnownNames = {},
): Problem[] {
  const loopOf = loopsByNode(definition);
  const ofNodes = Object.entries(definition.nodes).flatMap(([nodeId, node]) =>
    checkNode({ definition, canHaveRun, nodeId, node, loops: loopsAround(loopOf, nodeId), loopOf, known }),
  );
  return [...ofNodes, ...checkFlow(definition)];
}

/** The expressions of flow control are read before a run starts: no node has run. */
function checkFlow({ settings: { flow = {} } }: Definition): Problem[] {
  return flowExpressions(flow).flatMap(({ text, path, isKey }) => {
    const wrong = requestExpressionProblem(text, { isKey });
    if (wrong === undefined) return [];
    const pointer = pointerTo('settings', 'flow', ...path);
    return [problem('reference_not_of_request', pointer, `${String(path.at(-1))}: expected ${wrong}`)];
  });
}

function loopsByNode({ nodes }: Definition): Map<string, string> {
  const pairs = Object.entries(nodes).flatMap(([id, { loopBody = [] }]) =>
    loopBody.map((inner) => [inner, id] as const),
  );
  return new Map(pairs);
}

function loopsAround(loopOf: ReadonlyMap<string, string>, nodeId: string): string[] {
  const loops: string[] = [];
  for (let id = loopOf.get(nodeId); id !== undefined && !loops.includes(id); id = loopOf.get(id))
    loops.push(id);
  return loops;
}

function checkNode(place: Place): Problem[] {
  if (place.node.type === 'webhook') return checkResumeKey(place);
  const type = nodeType(place.node.type);
  const { template, problems } = parseTemplate(place.node.payload, {
    skip: (pointer) => type !== undefined && isPlain(type, pointer),
  });
  const base = pointerTo('nodes', place.nodeId, 'payload');
  return [
    ...problems.map(({ pointer, message, code }) => problem(code, base + pointer, message)),
    ...template.references.flatMap((reference) => checkReference(place, reference, base + reference.pointer)),
    ...checkCredential(place),
    ...checkPattern(place),
  ];
}

/** A trigger has no payload to resolve, but a key that is read before there is a run. */
function checkResumeKey({ node: { payload }, nodeId }: Place): Problem[] {
  const key = (payload['resume'] as { key?: unknown } | undefined)?.key;
  const wrong = typeof key === 'string' ? requestExpressionProblem(key) : undefined;
  if (wrong === undefined) return [];
  const pointer = pointerTo('nodes', nodeId, 'payload', 'resume', 'key');
  return [problem('reference_not_of_request', pointer, `key: expected ${wrong}`)];
}

/** A pattern that no expression makes is read here; one longer than an expression may be is left to the node's thread. */
function checkPattern({ node: { type, payload }, nodeId }: Place): Problem[] {
  const pattern = payload?.['pattern'];
  if (type !== 'regex' || typeof pattern !== 'string' || isTemplateText(pattern)) return [];
  if (pattern.length > expressionLimits.sourceLength) return [];
  try {
    compilePattern(pattern);
    return [];
  } catch (error) {
    const message = `${expectedPattern}; ${(error as Error).message}`;
    return [problem('pattern_syntax', pointerTo('nodes', nodeId, 'payload', 'pattern'), message)];
  }
}

function checkCredential({ node: { credential }, nodeId, known }: Place): Problem[] {
  return credential === undefined
    ? []
    : checkKnown(known, credential, pointerTo('nodes', nodeId, 'credential'));
}

function checkKnown({ secrets }: KnownNames, name: string, pointer: string): Problem[] {
  if (secrets === undefined || secrets.has(name)) return [];
  return [problem('secret_unknown', pointer, `no credential is called ${quote(name)} yet`)];
}

function checkReference(place: Place, reference: Reference, pointer: string): Problem[] {
  if (reference.kind === 'node') return checkNodeReference(place, reference, pointer);
  return checks[reference.kind]?.(place, reference, pointer) ?? [];
}

type Check = (place: Place, reference: ValueReference, pointer: string) => Problem[];

const checks: Partial<Record<ValueReference['kind'], Check>> = {
  secrets: (place, reference, pointer) => [
    ...checkHidden(place, reference, pointer),
    ...checkSecret(place, reference, pointer),
  ],
  resumeUrl: (place, reference, pointer) => [
    ...checkHidden(place, reference, pointer),
    ...checkWait(place, reference, pointer),
  ],
  item: (place, reference, pointer) => checkLoop(place, { reference, levels: 1 }, pointer),
  index: (place, reference, pointer) => checkLoop(place, { reference, levels: 1 }, pointer),
  parent_item: (place, reference, pointer) => checkLoop(place, { reference, levels: 2 }, pointer),
  parent_index: (place, reference, pointer) => checkLoop(place, { reference, levels: 2 }, pointer),
  for: checkFor,
  event: (_place, _reference, pointer) => [
    problem('reference_unknown', pointer, '$event has a value only in a hook endpoint'),
  ],
};

function checkNodeReference(place: Place, reference: NodeReference, pointer: string): Problem[] {
  const { nodeId } = reference;
  if (!nodeOf(place.definition, nodeId))
    return [problem('reference_unknown', pointer, `no node is called ${quote(nodeId)}`)];
  const precedence = readsOwnBodyEarly(place, reference) ? 'never' : place.canHaveRun(place.nodeId, nodeId);
  if (precedence === 'always') return [];
  return precedence === 'never'
    ? [problem('reference_never_runs', pointer, `${quote(nodeId)} cannot have run when this node starts`)]
    : [problem('reference_may_not_run', pointer, `${quote(nodeId)} may not have run when this node starts`)];
}

/** The fields of a loop that are evaluated before its first iteration see no node of its body. */
function readsOwnBodyEarly({ node }: Place, { nodeId, pointer }: NodeReference): boolean {
  return (node.loopBody?.includes(nodeId) ?? false) && !isPerItem(node, pointer);
}

function isPerItem({ type }: DefinitionNode, pointer: string): boolean {
  const declared = nodeType(type);
  return declared !== undefined && isItemField(declared, pointer);
}

/** The payload's field that a pointer lies in. */
function fieldOf(pointer: string): string {
  return pointer.split('/')[1] ?? '';
}

function checkSecret({ node, known }: Place, { name = '' }: ValueReference, pointer: string): Problem[] {
  const { credential } = node;
  if (credential === undefined || credential === name) return checkKnown(known, name, pointer);
  const message = `the node may use the credential ${quote(credential)} alone; came ${quote(name)}`;
  return [problem('secret_other_credential', pointer, message)];
}

function checkHidden({ node }: Place, reference: ValueReference, pointer: string): Problem[] {
  if (nodeType(node.type)?.secretFields.includes(fieldOf(reference.pointer))) return [];
  const what = reference.kind === 'secrets' ? '$secrets' : '$resumeUrl';
  const where = quote(fieldOf(reference.pointer));
  return [
    problem('secret_recorded', pointer, `${what} stands in ${where} of ${node.type}, which is recorded`),
  ];
}

/** A link names one wait: that of the same iteration, or one outside the loops. */
function checkWait(place: Place, { name = '' }: ValueReference, pointer: string): Problem[] {
  const { definition, loopOf, loops } = place;
  if (nodeOf(definition, name)?.type !== 'wait')
    return [problem('reference_unknown', pointer, `no wait is called ${quote(name)}`)];
  const loop = loopOf.get(name);
  if (loop === undefined || loops.includes(loop)) return [];
  const message = `the wait ${quote(name)} is inside the loop ${quote(loop)}, and this node is not`;
  return [problem('reference_outside_loop', pointer, message)];
}

function checkLoop(
  { loops, node }: Place,
  { reference, levels }: { reference: ValueReference; levels: number },
  pointer: string,
): Problem[] {
  const around = loops.length + (isPerItem(node, reference.pointer) ? 1 : 0);
  if (around >= levels) return [];
  const needed = levels === 1 ? 'a loop' : 'two loops';
  return [problem('reference_outside_loop', pointer, `$${reference.kind} has a value only inside ${needed}`)];
}

function checkFor(place: Place, { name = '', pointer: inner }: ValueReference, pointer: string): Problem[] {
  const { definition, loops, nodeId, node } = place;
  if (!loopTypes.includes(nodeOf(definition, name)?.type ?? ''))
    return [problem('reference_unknown', pointer, `no loop is called ${quote(name)}`)];
  if (loops.includes(name) || (name === nodeId && isPerItem(node, inner))) return [];
  return [problem('reference_outside_loop', pointer, `this node is not inside the loop ${quote(name)}`)];
}
