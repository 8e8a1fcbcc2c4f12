import diff from 'microdiff';
import { pointerTo } from '../../engine/definition/definition.ts';
import type { Definition } from '../../engine/definition/definition.ts';

/** One difference between two definitions; nodes are matched by id, list items by place. */
export interface DefinitionChange {
  change: 'added' | 'removed' | 'changed';
  /** JSON Pointer from the definition's root. */
  pointer: string;
  /** The older value; absent when added. */
  before?: unknown;
  /** The newer value; absent when removed. */
  after?: unknown;
}

/** Returns what leads from one definition to another, in the order of the older one's fields. */
export function diffDefinitions(from: Definition, to: Definition): DefinitionChange[] {
  return diff(from, to, { cyclesFix: false }).map((difference) => {
    const pointer = pointerTo(...difference.path);
    if (difference.type === 'CREATE') return { change: 'added', pointer, after: difference.value };
    if (difference.type === 'REMOVE') return { change: 'removed', pointer, before: difference.oldValue };
    return { change: 'changed', pointer, before: difference.oldValue, after: difference.value };
  });
}
