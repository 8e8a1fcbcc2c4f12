/** The states of a delivery: which there are, what leads from one to another, and the fields that each move sets. */

/** Statuses that people see. `isOpen`: there is still something to send; `isSendable`: nothing keeps it back. */
const statuses = {
  pending: { isOpen: true, isSendable: true },
  retrying: { isOpen: true, isSendable: true },
  held: { isOpen: true, isSendable: false },
  success: { isOpen: false, isSendable: false },
  failure: { isOpen: false, isSendable: false },
  discarded: { isOpen: false, isSendable: false },
} as const;

export type DeliveryStatus = keyof typeof statuses;

/** The last three are final until somebody retries. `held`: its endpoint is disabled, or sends older held ones first. */
export const deliveryStatuses = Object.keys(statuses) as [DeliveryStatus, ...DeliveryStatus[]];
/** Statuses in which a delivery still has something to send. */
export const openStatuses = deliveryStatuses.filter((status) => statuses[status].isOpen);
/** Statuses in which its next attempt may be made as soon as it is due. */
export const sendableStatuses = deliveryStatuses.filter((status) => statuses[status].isSendable);

/** Why a delivery is discarded, and why it failed. */
export type DiscardReason =
  'filtered' | 'asked_for' | 'endpoint_deleted' | 'replay_cancelled' | 'retention' | 'erased';
export type FailureReason = 'gone' | 'exhausted';

/** What a delivery's state is made of. */
export interface DeliveryFields {
  status: DeliveryStatus;
  /** Why it was discarded or has failed. */
  reason: DiscardReason | FailureReason | null;
  /** Attempts made, the one under way included. */
  attemptCount: number;
  /** Those of them whose worker was lost before it recorded them. */
  lostCount: number;
  /** Somebody asked for the next attempt: a disabled or paused endpoint does not keep it back. */
  byHand: boolean;
  nextRetryAt: Date | null;
  /** While an attempt is under way: since when, until when nobody else may send, and whose it is. */
  leasedAt: Date | null;
  leaseUntil: Date | null;
  leaseId: string | null;
  /** Since when it waits for an earlier event of its run; it has no Activity meanwhile. */
  waitsSince: Date | null;
  /**
   * From when on the relay's sweep may start its Activity: a little after it was asked for, since who asks starts it
   * itself. `null`: it is known to be started, or there is nothing to start.
   */
  startAt: Date | null;
  /** It travels with others of its endpoint, rather than by an Activity of its own. */
  inBatch: boolean;
  /** How often an Activity of its own was asked for; from the second on, one that is there makes room for the new one. */
  starts: number;
  /** The batch that carries it, once one is known to. */
  batchId: string | null;
  /** When Temporal is asked whether the Activity is still there; `null`: it needs none. */
  checkAt: Date | null;
  finishedAt: Date | null;
}

/** Where a delivery is, more exactly than its status tells. */
export type DeliveryState = 'due' | 'waiting' | 'leased' | 'held' | 'success' | 'failure' | 'discarded';

/** What leads where. Source of the diagram in docs/hooks.md. */
export const deliveryMoves = {
  create: { from: ['[*]'], to: ['due', 'held'], because: 'an event is recorded' },
  lease: { from: ['due'], to: ['leased'], because: 'an attempt begins' },
  lose: { from: ['leased'], to: ['due'], because: 'the lease ends: its worker is gone' },
  wait: { from: ['due'], to: ['waiting'], because: 'an earlier event of its run goes first' },
  start: { from: ['waiting'], to: ['due'], because: 'the earlier event is over' },
  hold: { from: ['due', 'waiting'], to: ['held'], because: 'its endpoint is disabled' },
  release: { from: ['held'], to: ['due'], because: 'its endpoint is enabled, and it is next' },
  succeed: { from: ['leased'], to: ['success'], because: 'answered 2xx' },
  retryLater: { from: ['leased'], to: ['due'], because: 'failed, tried again later' },
  fail: { from: ['leased'], to: ['failure'], because: 'answered 410, or the schedule is at its end' },
  leaveOut: { from: ['leased'], to: ['discarded'], because: 'its endpoint’s filter leaves it out' },
  retryNow: { from: ['due', 'waiting', 'held', 'failure'], to: ['due'], because: 'somebody retries it' },
  discard: { from: ['due', 'waiting', 'held'], to: ['discarded'], because: 'given up, with a reason' },
} as const satisfies Record<string, { from: readonly string[]; to: readonly string[]; because: string }>;

export type DeliveryMove = keyof typeof deliveryMoves;

/** Returns where a delivery is. */
export function stateOf(delivery: DeliveryFields, now: Date): DeliveryState {
  const { status, leaseUntil, waitsSince } = delivery;
  if (status !== 'pending' && status !== 'retrying') return status;
  if (leaseUntil && leaseUntil > now) return 'leased';
  return waitsSince ? 'waiting' : 'due';
}

/** How long the process that asks for a start has for it, before others look, in milliseconds. */
const startWithinMs = 3_000;
/** How long after it is due a delivery's Activity is looked for in Temporal, in milliseconds. */
const checkAfterMs = 60_000;

/** When the sweep may start what is asked for now. */
export function startAfter(asked: Date): Date {
  return new Date(asked.getTime() + startWithinMs);
}

/** When the Activity of a delivery that is due then is looked for. */
export function checkAfter(due: Date): Date {
  return new Date(due.getTime() + checkAfterMs);
}

const unleased = { leasedAt: null, leaseUntil: null, leaseId: null } as const;
/** Nothing is under way, and nothing is to come. */
const atRest = { ...unleased, nextRetryAt: null, waitsSince: null, startAt: null, checkAt: null } as const;

type Fields = Partial<DeliveryFields>;
/** What a move sets, and what it counts up. */
export interface DeliveryChange {
  set: Fields;
  count?: Partial<Record<'starts' | 'attemptCount' | 'lostCount', number>>;
}

/** A delivery as it begins: due, in a batch, or held. */
export function created(at: Date, isHeld: boolean): DeliveryFields {
  return {
    ...atRest,
    status: isHeld ? 'held' : 'pending',
    reason: null,
    attemptCount: 0,
    lostCount: 0,
    byHand: false,
    inBatch: true,
    starts: 0,
    batchId: null,
    finishedAt: null,
    ...(isHeld ? {} : dueAt(at)),
  };
}

function dueAt(now: Date): { startAt: Date; checkAt: Date } {
  return { startAt: startAfter(now), checkAt: checkAfter(now) };
}

/** An Activity of its own is to be started, anew if there is one. */
export function startedAlone(now: Date): DeliveryChange {
  return { set: { ...dueAt(now), waitsSince: null, inBatch: false }, count: { starts: 1 } };
}

/** It goes with the next batch; no Activity carries it now. */
export function startedInBatch(now: Date): DeliveryChange {
  return { set: { ...dueAt(now), waitsSince: null, inBatch: true, batchId: null } };
}

/** An attempt begins that is `id`'s until `until`; then the sweep may start it again, if nobody else has. */
export function leased(given: { id: string; now: Date; until: Date; isLost: boolean }): DeliveryChange {
  const { id, now, until, isLost } = given;
  return {
    set: {
      leasedAt: now,
      leaseUntil: until,
      leaseId: id,
      startAt: until,
      checkAt: checkAfter(until),
      byHand: false,
      waitsSince: null,
    },
    count: { attemptCount: 1, lostCount: isLost ? 1 : 0 },
  };
}

/** An earlier event of its run goes first. */
export function waiting(now: Date): DeliveryChange {
  return { set: { waitsSince: now, startAt: null, checkAt: null } };
}

/** Its endpoint keeps it back. */
export function held(): DeliveryChange {
  return { set: { ...atRest, status: 'held' } };
}

/** It goes out with the next batch. */
export function released(now: Date): DeliveryChange {
  const { set } = startedInBatch(now);
  return { set: { ...atRest, ...set, status: 'pending' } };
}

/** The schedule has another attempt, by an Activity of its own: one that is there (`isCarried`), or a new one. */
export function retryingLater(now: Date, nextRetryAt: Date, isCarried: boolean): DeliveryChange {
  const checkAt = checkAfter(nextRetryAt);
  const set = { ...atRest, status: 'retrying', nextRetryAt, inBatch: false, checkAt } as const;
  return isCarried ? { set } : { set: { ...set, startAt: startAfter(now) }, count: { starts: 1 } };
}

/** Somebody asks for the next attempt now. */
export function retriedNow(now: Date): DeliveryChange {
  const { set, ...alone } = startedAlone(now);
  return {
    ...alone,
    set: { ...atRest, ...set, status: 'pending', reason: null, finishedAt: null, byHand: true },
  };
}

/** It has arrived. */
export function succeeded(now: Date): DeliveryChange {
  return { set: { ...atRest, status: 'success', finishedAt: now } };
}

/** Nothing more is tried. */
export function failed(now: Date, reason: FailureReason): DeliveryChange {
  return { set: { ...atRest, status: 'failure', reason, finishedAt: now } };
}

/** Nothing more is sent of it. */
export function discarded(now: Date, reason: DiscardReason): DeliveryChange {
  return { set: { ...atRest, status: 'discarded', reason, finishedAt: now } };
}
