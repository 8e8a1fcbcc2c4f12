/** How a hook endpoint is doing: when it counts as failing, when it is warned about, and when it is disabled. */

/** Health as it stands in the endpoint's record. */
export interface EndpointHealth {
  status: 'healthy' | 'failing';
  /** Failed attempts since the last success, counted up to `failingFrom`. */
  failuresInRow: number;
  /** First failed attempt after the last success, or when it was enabled again; `null`: none. */
  failingSince: Date | null;
  /** To the minute. */
  lastSuccessAt: Date | null;
  lastError: string | null;
  /** The last of `warnings` that was given; 0: none. */
  warnedPercent: number;
}

/** Failed attempts in a row that make an endpoint failing. Source: the contract, catalog. */
export const failingFrom = 3;
/** Time without a success after which a failing endpoint is disabled. Source: the contract, execution hooks. */
export const disableAfterMs = 5 * 24 * 60 * 60 * 1000;
/** Percent of it at which `endpoint.failing` is told again. */
export const warnings = [50, 70, 90] as const;
const successEveryMs = 60_000;

/** The health of an endpoint that was sent nothing yet. */
export const unknownHealth: EndpointHealth = {
  status: 'healthy',
  failuresInRow: 0,
  failingSince: null,
  lastSuccessAt: null,
  lastError: null,
  warnedPercent: 0,
};

/** A change of health, and what is told of it. */
export interface HealthChange {
  health: EndpointHealth;
  tells?: 'endpoint.failing' | 'endpoint.recovered';
}

/** After a failed attempt; `undefined`: nothing changes, it is failing already. */
export function afterFailure(
  health: EndpointHealth,
  attempt: { at: Date; error: string },
): HealthChange | undefined {
  if (health.status === 'failing') return undefined;
  const failuresInRow = health.failuresInRow + 1;
  const counted = {
    ...health,
    failuresInRow,
    failingSince: health.failingSince ?? attempt.at,
    lastError: attempt.error,
  };
  if (failuresInRow < failingFrom) return { health: counted };
  return { health: { ...counted, status: 'failing', warnedPercent: 0 }, tells: 'endpoint.failing' };
}

/** After a successful attempt; `undefined`: nothing changes but the time, and that was written within a minute. */
export function afterSuccess(health: EndpointHealth, at: Date): HealthChange | undefined {
  const well = { ...unknownHealth, lastSuccessAt: at };
  if (health.status === 'failing') return { health: well, tells: 'endpoint.recovered' };
  const isFresh =
    health.lastSuccessAt !== null && at.getTime() - health.lastSuccessAt.getTime() < successEveryMs;
  return health.failuresInRow === 0 && isFresh ? undefined : { health: well };
}

/** Enabled again: it has the whole time anew; still failing until its first success. */
export function afterEnabling(health: EndpointHealth, at: Date): EndpointHealth {
  return health.status === 'failing' ? { ...health, failingSince: at, warnedPercent: 0 } : health;
}

/** When a failing endpoint is disabled unless it succeeds; `null` while it is healthy. */
export function disablesAt({ status, failingSince }: EndpointHealth): Date | null {
  return status === 'failing' && failingSince ? new Date(failingSince.getTime() + disableAfterMs) : null;
}

/** What is due for a failing endpoint: a warning that was not given, or its end; `undefined`: nothing. */
export function dueOf(health: EndpointHealth, now: Date): { percent: number } | 'disable' | undefined {
  const { status, failingSince, warnedPercent } = health;
  if (status !== 'failing' || !failingSince) return undefined;
  const passed = ((now.getTime() - failingSince.getTime()) / disableAfterMs) * 100;
  if (passed >= 100) return 'disable';
  const percent = warnings.findLast((warning) => warning <= passed);
  return percent !== undefined && percent > warnedPercent ? { percent } : undefined;
}
