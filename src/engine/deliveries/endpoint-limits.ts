/**
 * How much may go to an endpoint at a time: leased permits for attempts in flight, and a rate that is kept by giving
 * each attempt its own moment (GCRA, the virtual scheduling of ITU-T I.371). All times in epoch milliseconds.
 */

/** What is kept of an endpoint, once for all worker processes. */
export interface LimitState {
  /** When the next attempt may be sent. */
  nextSendAt: number;
  /** When the last one of those that were sent away comes back. */
  queueUntil: number;
  /** Permits by worker process. */
  leases: Record<string, { permits: number; until: number }>;
}

/** One that asks to send. */
export interface Ask {
  /** It has not waited yet: those that have go first. */
  isNew: boolean;
}

/** To an ask: when to send (now, or within `horizonMs`), or when to ask again. */
export type LimitAnswer = { sendAt: number } | { comeBackAt: number };

/** What one process asks for at once. */
export interface LimitRequest {
  processId: string;
  now: number;
  /** Permits that the process uses now. */
  inUse: number;
  /** Most that the process may use at a time. */
  processCap: number;
  maxInFlight: number;
  ratePerSecond: number | null;
  /** How long an attempt takes, for the guess of when a permit is free. */
  serviceMs: number;
  /** Nothing is sent before; 0: no such bound. */
  notBefore: number;
  asks: readonly Ask[];
  /** Returns numbers in [0, 1). */
  random: () => number;
}

/** How long permits last that nobody renews: a killed process's come back after it. */
export const leaseMs = 15_000;
/** An attempt waits this long for its moment inside the worker; beyond, it is sent away. */
export const horizonMs = 500;
/** Bounds of how long one is sent away. */
const shortestMs = 500;
const longestMs = 10 * 60 * 1000;

/** Slots of a worker process: how many there are, and how many attempts are under way in them. */
export interface Slots {
  total: number;
  inUse: number;
}

/**
 * Most slots that one endpoint may use now: a quarter of what the others leave, so a quarter of all at most. Endpoints
 * that hang leave each other less and less, and always some for one that does not. Source: Choudhury and Hahne, Dynamic
 * Queue Length Thresholds, 1998.
 * @param own how many it uses
 */
export function shareOfSlots({ total, inUse }: Slots, own: number): number {
  return Math.max(1, Math.floor((total - (inUse - own)) / 4));
}

/** A state in which nothing was sent yet. */
export const freshLimits: LimitState = { nextSendAt: 0, queueUntil: 0, leases: {} };

/** Returns each ask in order, and the state after it. */
export function applyLimits(
  state: LimitState,
  request: LimitRequest,
): { state: LimitState; answers: LimitAnswer[] } {
  const { now, processId, inUse, asks } = request;
  const others = Object.entries(state.leases).filter(([id, lease]) => id !== processId && lease.until > now);
  const taken = others.reduce((sum, [, lease]) => sum + lease.permits, 0);
  const next = { nextSendAt: state.nextSendAt, queueUntil: state.queueUntil };
  let free = Math.min(request.maxInFlight - taken, request.processCap) - inUse;
  let permits = inUse;
  const answers = asks.map((ask): LimitAnswer => {
    const sendAt = free > 0 ? momentOf(next, request, ask) : undefined;
    if (sendAt === undefined) return { comeBackAt: queue(next, request) };
    free -= 1;
    permits += 1;
    if (request.ratePerSecond !== null) next.nextSendAt = sendAt + 1000 / request.ratePerSecond;
    return { sendAt };
  });
  const mine = permits > 0 ? [[processId, { permits, until: now + leaseMs }] as const] : [];
  return { state: { ...next, leases: Object.fromEntries([...others, ...mine]) }, answers };
}

type Times = Pick<LimitState, 'nextSendAt' | 'queueUntil'>;

/** The moment of an attempt, `undefined` when it is too far off. */
function momentOf({ nextSendAt, queueUntil }: Times, request: LimitRequest, ask: Ask): number | undefined {
  const { now, ratePerSecond, notBefore } = request;
  const latest = now + horizonMs;
  if (notBefore > now) return undefined;
  if (ratePerSecond === null) return now;
  // Who comes first must not overtake those that were sent away.
  if (ask.isNew && queueUntil > latest) return undefined;
  const sendAt = Math.max(nextSendAt, now);
  return sendAt <= latest ? sendAt : undefined;
}

/** The next place in the queue: one after the other, at the pace at which the endpoint takes them. */
function queue(times: Times, request: LimitRequest): number {
  const { now, ratePerSecond, serviceMs, maxInFlight, notBefore, random } = request;
  const stepMs = Math.max(ratePerSecond === null ? 0 : 1000 / ratePerSecond, serviceMs / maxInFlight, 1);
  const from = Math.max(now, notBefore);
  // While attempts hang no place comes free, and asking often would keep others from being sent.
  times.queueUntil = Math.max(times.queueUntil, from + Math.max(shortestMs, serviceMs)) + stepMs;
  if (times.queueUntil <= from + longestMs) return times.queueUntil;
  times.queueUntil = from + longestMs;
  return Math.round(from + (longestMs / 2) * (1 + random()));
}
