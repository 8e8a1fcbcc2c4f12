import type { Fact } from '../../engine/log/facts.ts';
import { AppError } from '../../errors/app-error.ts';

/** What may wait in one process: past it callers are sent away, instead of memory growing. */
export const maxWaiting = { facts: 20_000, bytes: 64 * 1024 * 1024 };

/** The size of what is to be appended. */
export interface Sized {
  facts: number;
  bytes: number;
}

/** Counts what waits in one process. One append alone is always taken, whatever its size. */
export function createLoad() {
  const now: Sized = { facts: 0, bytes: 0 };
  return {
    /** @throws AppError store-unavailable when there is no room */
    add(more: Sized): void {
      const isFull = now.facts + more.facts > maxWaiting.facts || now.bytes + more.bytes > maxWaiting.bytes;
      if (isFull && now.facts > 0)
        throw new AppError(
          'store-unavailable',
          'More waits to be recorded than MongoDB takes; try again later',
        );
      now.facts += more.facts;
      now.bytes += more.bytes;
    },
    remove(done: Sized): void {
      now.facts -= done.facts;
      now.bytes -= done.bytes;
    },
  };
}

/** Roughly what a fact takes beside its values, in bytes. */
const factBytes = 500;

/** The size of facts; of their data no more than a guess. */
export function sizeOf(facts: readonly Fact[]): Sized {
  const bytes = facts.reduce((sum, fact) => sum + factBytes + valueBytes(fact), 0);
  return { facts: facts.length, bytes };
}

function valueBytes(fact: Fact): number {
  const values = valuesOf(fact);
  return values.reduce((sum, value) => sum + (value && 'json' in value ? value.json.length : 0), 0);
}

function valuesOf(fact: Fact) {
  if (fact.kind === 'event') return Object.values(fact.values ?? {});
  if (fact.kind === 'end-run') return [fact.output];
  if (fact.kind !== 'outcome' || fact.outcome.status === 'cancelled') return [];
  const { outcome, end } = fact;
  return [outcome.input, 'result' in outcome ? outcome.result : undefined, end?.output];
}
