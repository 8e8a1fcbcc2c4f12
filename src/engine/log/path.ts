/** Paths of executions: `post`, `each[3]/post`, `outer[0]/inner[2]/post`. */

/** Returns the id of the node at a path. */
export function nodeIdOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Returns how many iterations are around a path. */
export function depthOf(path: string): number {
  return path.split('/').length - 1;
}

/** One iteration around a path. */
export interface IterationOfPath {
  /** Path of the loop's own execution. */
  loopPath: string;
  loopId: string;
  index: number;
  /** Prefix of the iteration's nodes, such as `each[3]/`. */
  prefix: string;
}

/** The iterations around a path, innermost first. */
export function iterationsOf(path: string): IterationOfPath[] {
  const parts = path.split('/').slice(0, -1);
  return parts
    .map((part, depth) => {
      const cut = part.lastIndexOf('[');
      const before = parts
        .slice(0, depth)
        .map((one) => `${one}/`)
        .join('');
      const loopId = part.slice(0, cut);
      return {
        loopPath: before + loopId,
        loopId,
        index: Number(part.slice(cut + 1, -1)),
        prefix: `${before}${part}/`,
      };
    })
    .reverse();
}

/** Where a node of this path may find others: its iteration first, then outwards to the top scope. */
export function scopesOf(path: string): string[] {
  return [...iterationsOf(path).map(({ prefix }) => prefix), ''];
}
