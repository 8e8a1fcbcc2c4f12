/** A fixed-size set of small whole numbers: how the analyses of 1,000-node graphs stay fast. */
export type BitSet = Uint32Array;

/** Creates an empty set for numbers below `size`. */
export function createBitSet(size: number): BitSet {
  return new Uint32Array((size + 31) >>> 5);
}

/** Adds a number. */
export function addBit(set: BitSet, bit: number): void {
  set[bit >>> 5] = (set[bit >>> 5] ?? 0) | (1 << (bit & 31));
}

/** Whether the number is in the set. */
export function hasBit(set: BitSet, bit: number): boolean {
  return (((set[bit >>> 5] ?? 0) >>> (bit & 31)) & 1) === 1;
}

/** Adds everything of another set. */
export function unite(set: BitSet, other: BitSet): void {
  for (let word = 0; word < set.length; word += 1) set[word] = (set[word] ?? 0) | (other[word] ?? 0);
}

/** Keeps only what is in the other set too. */
export function intersect(set: BitSet, other: BitSet): void {
  for (let word = 0; word < set.length; word += 1) set[word] = (set[word] ?? 0) & (other[word] ?? 0);
}
