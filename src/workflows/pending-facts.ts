/**
 * The facts that no Activity sees, from when they happen until an Activity has recorded them. One per Workflow
 * Execution: the sandbox gives each its own module state.
 */
import type { Fact } from '../engine/facts.ts';

interface Pending {
  fact: Fact;
  /** Path of the node that carries its own `node.scheduled`; absent: any Activity carries it. */
  owner?: string;
}

// Source of the bounds: headers stay small; past them one Local Activity records everything.
const maxCarried = 32;
const maxCarriedBytes = 16 * 1024;

const pending = new Set<Pending>();

/** Notes a fact. `owner`: the path whose Activity carries it. */
export function noteFact(fact: Fact, owner?: string): void {
  pending.add(owner === undefined ? { fact } : { fact, owner });
}

/** The facts that the Activity at a path is to carry, and what to call when it has come back: they are recorded then. */
export function carryFacts(path: string): { facts: Fact[]; acknowledge: () => void } {
  const carried = [...pending].filter(({ owner }) => owner === undefined || owner === path);
  return { facts: carried.map(({ fact }) => fact), acknowledge: () => forget(carried) };
}

/** All facts that are not known to be recorded, in order. */
export function allFacts(): { facts: Fact[]; acknowledge: () => void } {
  const carried = [...pending];
  return { facts: carried.map(({ fact }) => fact), acknowledge: () => forget(carried) };
}

/** Whether nothing is pending. */
export function isAllRecorded(): boolean {
  return pending.size === 0;
}

/** Whether the pending facts are too many or too large for headers. */
export function isTooMuchToCarry(): boolean {
  if (pending.size > maxCarried) return true;
  return JSON.stringify([...pending].map(({ fact }) => fact)).length > maxCarriedBytes;
}

function forget(carried: readonly Pending[]): void {
  for (const item of carried) pending.delete(item);
}
