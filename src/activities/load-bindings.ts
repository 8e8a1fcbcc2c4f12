/** Loads just the values that a payload's expressions name. */
import type { Definition } from '../engine/definition/definition.ts';
import type { Json, JsonObject } from '../engine/json/json.ts';
import { iterationsOf, scopesOf } from '../engine/log/path.ts';
import type { NodeBinding } from '../expressions/evaluate/bindings.ts';
import type { Bindings } from '../expressions/evaluate/evaluator.ts';
import type { Reference } from '../expressions/parse/template.ts';
import type { ActivityDependencies } from './dependencies.ts';

/** Where expressions are evaluated: a node's path, or that of an imagined node inside an iteration. */
export interface Place {
  runId: string;
  organizationId: string;
  path: string;
  definition: Definition;
  /** Records what stands before the attempt that is under way; absent: it is recorded. */
  recordCarried?: () => Promise<void>;
}

/** Returns the values of the references at a place; what has not run is absent. */
export async function loadBindings(
  deps: Pick<ActivityDependencies, 'store'>,
  place: Place,
  references: readonly Reference[],
): Promise<Bindings> {
  const kinds = new Set(references.map(({ kind }) => kind));
  const isOf = (...wanted: Reference['kind'][]) => wanted.some((kind) => kinds.has(kind));
  const names = references.flatMap(({ kind, ...one }) =>
    kind === 'variables' && 'name' in one && one.name !== undefined ? [one.name] : [],
  );
  // The run may start with this very attempt.
  const isStarted = isOf('run');
  if (isStarted) await place.recordCarried?.();
  const [run, nodes, loops, variables] = await Promise.all([
    isOf('trigger', 'inputs', 'workflow', 'run')
      ? deps.store.runValues(place.runId, { isStarted })
      : undefined,
    loadNodes(deps, place, references),
    isOf('item', 'index', 'parent_item', 'parent_index', 'for') ? loadLoops(deps, place) : undefined,
    names.length > 0 ? deps.store.variables(place.organizationId, [...new Set(names)]) : undefined,
  ]);
  const { props, vars } = place.definition;
  return {
    ...run,
    ...loops,
    nodes,
    ...(props ? { props } : {}),
    ...(vars ? { vars } : {}),
    ...(variables ? { variables } : {}),
  };
}

/** A node is looked for in the iteration of the place, then outwards. */
async function loadNodes(
  { store }: Pick<ActivityDependencies, 'store'>,
  place: Place,
  references: readonly Reference[],
): Promise<NonNullable<Bindings['nodes']>> {
  const ids = [
    ...new Set(references.flatMap((reference) => (reference.kind === 'node' ? [reference.nodeId] : []))),
  ];
  if (ids.length === 0) return {};
  const scopes = scopesOf(place.path);
  const paths = ids.flatMap((id) => scopes.map((scope) => scope + id));
  const values = await store.nodeValues(place.runId, paths);
  const found = ids.flatMap((id) => {
    const path = scopes.map((scope) => scope + id).find((candidate) => values.has(candidate));
    const value = path === undefined ? undefined : values.get(path);
    return value ? [[id, asSeen(place.definition, id, value)] as const] : [];
  });
  return Object.fromEntries([...found, ...(await triggerAsNode({ store }, place, ids))]);
}

/** A node that goes on after its failure has the result null, which is there. */
function asSeen({ nodes }: Definition, id: string, value: NodeBinding): NodeBinding {
  return nodes[id]?.continueOnError && value.result === undefined ? { ...value, result: null } : value;
}

/** The trigger's node id gives the trigger, whatever it is called. */
async function triggerAsNode(
  { store }: Pick<ActivityDependencies, 'store'>,
  { definition, runId }: Place,
  ids: readonly string[],
): Promise<[string, { result: JsonObject; status: string }][]> {
  const id = ids.find((one) => ['webhook', 'manual', 'schedule'].includes(definition.nodes[one]?.type ?? ''));
  return id === undefined
    ? []
    : [[id, { result: (await store.runValues(runId)).trigger, status: 'success' }]];
}

async function loadLoops({ store }: Pick<ActivityDependencies, 'store'>, place: Place): Promise<Bindings> {
  const iterations = iterationsOf(place.path);
  const items = await store.loopItems(
    place.runId,
    iterations.map(({ loopPath }) => loopPath),
  );
  const values = iterations.map(({ loopId, loopPath, index }) => {
    const item = items.get(loopPath)?.[index];
    return { loopId, index, ...(item === undefined ? {} : { item }) };
  });
  const [own, parent] = values;
  // A `repeat` has no items: inside it the item is that of the loop around.
  const { item } = values.find((one) => 'item' in one) ?? {};
  return {
    ...(own ? { index: own.index, ...itemOf('item', item) } : {}),
    ...(parent ? { parent_index: parent.index, ...itemOf('parent_item', parent.item) } : {}),
    for: Object.fromEntries(values.map(({ loopId, ...rest }) => [loopId, rest])),
  };
}

function itemOf(name: 'item' | 'parent_item', item: Json | undefined): Bindings {
  return item === undefined ? {} : { [name]: item };
}
