/** What a node of n8n knows when its turn comes. */
import type { Draft } from '../draft.ts';
import type { Place } from '../report.ts';
import { either, lost } from '../value.ts';
import type { Value } from '../value.ts';

/** The item that reaches a node. A node of n8n runs for each of its items; here it runs for one. */
export interface ItemState {
  item: Value;
  /** The list that the item was taken from, where a loop or Aggregate asks for it. */
  list?: Value;
}

/** What ways that meet know together. */
export function mergeItems(states: readonly ItemState[]): ItemState {
  const lists = states.flatMap(({ list }) => (list ? [list] : []));
  return {
    item: either(states.map(({ item }) => item)),
    ...(lists.length > 0 ? { list: either(lists) } : {}),
  };
}

/** What does not change from node to node of one workflow. */
export interface Surroundings {
  draft: Draft;
  workflowName: string;
  /** What each node that was converted gave, by its name in n8n. */
  given: Map<string, Value>;
}

/** What the parameters of one node are translated with. */
export interface Context extends Surroundings {
  state: ItemState;
  place: Place;
}

/** What another node gave. */
export function givenBy({ given }: Surroundings, name: string): Value {
  return (
    given.get(name) ??
    lost(`it reads the node ${JSON.stringify(name)}, which has not run before or is left out`)
  );
}
