/** The node types of random definitions. */

/** Edges between two nodes: of a branch by its place, if the type has one there. */
export type EdgeKind = 'none' | 'children' | 'onError' | 'first' | 'second' | 'third';

interface TypeRow {
  payload: object;
  branches: string[];
  isLoop: boolean;
}

/** What can be drawn, by type. */
const rows = {
  if: { payload: { condition: true }, branches: ['then', 'else'], isLoop: false },
  switch: {
    payload: {
      value: 1,
      cases: [
        { name: 'one', equals: 1 },
        { name: 'two', equals: 2 },
      ],
    },
    branches: ['one', 'two', 'default'],
    isLoop: false,
  },
  log: { payload: { message: 'm' }, branches: [], isLoop: false },
  wait: { payload: { timeoutMs: 1_000 }, branches: ['resumed', 'timed_out'], isLoop: false },
  delay: { payload: { delayMs: 1 }, branches: [], isLoop: false },
  'for-each': { payload: { array: [] }, branches: [], isLoop: true },
  repeat: { payload: { while: true, maxIterations: 4 }, branches: [], isLoop: true },
} satisfies Record<string, TypeRow>;

/** The type of a random node. */
export type RandomType = keyof typeof rows;

/** The rows by type. */
export const randomTypes: Record<RandomType, TypeRow> = rows;

/** Returns the edge lists of a type by kind of edge; it lacks the kinds that the type has not. */
export function edgeLists(type: RandomType): Partial<Record<EdgeKind, string>> {
  const [first, second, third] = randomTypes[type].branches;
  return {
    children: 'children',
    onError: 'onError',
    ...(first === undefined ? {} : { first }),
    ...(second === undefined ? {} : { second }),
    ...(third === undefined ? {} : { third }),
  };
}
