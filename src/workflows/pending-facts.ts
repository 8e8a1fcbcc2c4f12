/**
 * The facts that no Activity sees, from when they happen until an Activity has recorded them. One per Workflow
 * Execution: the sandbox gives each its own module state.
 */
import type { Fact } from '../engine/log/facts.ts';

interface Pending {
  fact: Fact;
  /** Path of the node that carries its own `node.scheduled`; absent: any Activity carries it. */
  owner?: string;
  /** Whether an Activity carries it already. */
  isCarried: boolean;
}

// Source of the bounds: headers stay small; past them one Local Activity records everything.
const maxCarried = 32;
const maxCarriedBytes = 16 * 1024;

const pending = new Set<Pending>();

/** Facts, and what to call when they are known to be recorded. */
interface Carried {
  facts: Fact[];
  acknowledge: () => void;
}

/** Notes a fact. `owner`: the path whose Activity carries it. */
export function noteFact(fact: Fact, owner?: string): void {
  pending.add({ fact, isCarried: false, ...(owner === undefined ? {} : { owner }) });
}

/** The facts that the Activity at a path is to carry: its own, and all that came before and may not be recorded yet. */
export function carryFacts(path: string): Carried {
  return carry([...pending].filter(({ owner }) => owner === undefined || owner === path));
}

/** All facts that are not known to be recorded, in order. */
export function allFacts(): Carried {
  return carry([...pending]);
}

/**
 * The facts that nothing carries. Decisions of the interpreter may depend on this number, never on what is
 * acknowledged: replay acknowledges in other groups than the first execution did.
 */
export function countUncarried(): number {
  return uncarried().length;
}

/** Whether the facts that nothing carries are too many or too large for headers. */
export function isTooMuchToCarry(): boolean {
  const facts = uncarried();
  return facts.length > maxCarried || JSON.stringify(facts).length > maxCarriedBytes;
}

function uncarried(): Fact[] {
  return [...pending].filter(({ isCarried }) => !isCarried).map(({ fact }) => fact);
}

function carry(items: Pending[]): Carried {
  for (const item of items) item.isCarried = true;
  return {
    facts: items.map(({ fact }) => fact),
    acknowledge: () => items.forEach((item) => pending.delete(item)),
  };
}
