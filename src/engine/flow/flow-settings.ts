/** Flow control: what a definition's `settings.flow` says about when its runs may start. */

/** What becomes of a run that finds its lane full. */
export const onFullRules = ['queue', 'skip', 'cancel_running', 'keep_newest', 'keep_oldest'] as const;
export type OnFull = (typeof onFullRules)[number];

/** What becomes of a run that comes before its rate allows it. */
export const onRateRules = ['queue', 'skip', 'reject'] as const;
export type OnRate = (typeof onRateRules)[number];

/** At most `limit` runs at a time for each key. */
export interface ConcurrencySettings {
  /** A number, or an expression that gives one. */
  limit: number | string;
  /** An expression; what has no value shares one lane. */
  key?: string;
  /** Workflows of the organization with the same scope share the count. */
  scope?: string;
  onFull?: OnFull;
}

/** At most `limit` starts in any window of `perMs` for each key. */
export interface RateSettings {
  limit: number;
  perMs: number;
  key?: string;
  onFull?: OnRate;
}

/** The last request within `waitMs` starts one run, at the latest `maxWaitMs` after the first. */
export interface DebounceSettings {
  waitMs: number;
  key?: string;
  maxWaitMs?: number;
}

/** Requests are gathered into one run: `maxItems` of them, or what has come within `waitMs` of the first. */
export interface BatchSettings {
  maxItems: number;
  waitMs: number;
  key?: string;
}

/** `settings.flow` of a definition. */
export interface FlowSettings {
  concurrency?: ConcurrencySettings | ConcurrencySettings[];
  rate?: RateSettings;
  debounce?: DebounceSettings;
  batch?: BatchSettings;
  /** 1 (first) to 5, or an expression that gives one. */
  priority?: number | string;
}

/** Bounds of the settings. A lane's holders are one document, so that there are not too many. */
export const flowLimits = { concurrency: 10_000, lanes: 10, rate: 10_000, batchItems: 1_000 } as const;

/** Priority of a run for which none is given. */
export const defaultPriority = 3;

/** The concurrency settings as a list. */
export function concurrencyOf({ concurrency }: FlowSettings): readonly ConcurrencySettings[] {
  if (concurrency === undefined) return [];
  return Array.isArray(concurrency) ? concurrency : [concurrency];
}

/** A text of the settings that is evaluated for each run, with its place below `settings.flow`. */
export interface FlowExpression {
  text: string;
  path: (string | number)[];
  /** Whether it tells runs apart: then it must depend on what starts them. */
  isKey: boolean;
}

/** Returns every text of the settings that is evaluated. */
export function flowExpressions(flow: FlowSettings): FlowExpression[] {
  const { rate, debounce, batch, priority } = flow;
  const isList = Array.isArray(flow.concurrency);
  const lanes = concurrencyOf(flow).flatMap(({ key, limit }, index) => {
    const base = isList ? ['concurrency', index] : ['concurrency'];
    return [expressionAt([...base, 'key'], key, true), expressionAt([...base, 'limit'], limit, false)];
  });
  return [
    ...lanes,
    ...Object.entries({ rate, debounce, batch }).map(([name, part]) =>
      expressionAt([name, 'key'], part?.key, true),
    ),
    expressionAt(['priority'], priority, false),
  ].flat();
}

function expressionAt(path: (string | number)[], value: unknown, isKey: boolean): FlowExpression[] {
  return typeof value === 'string' ? [{ text: value, path, isKey }] : [];
}

/** Names of the counts that a workflow shares with others. */
export function scopesOf(flow: FlowSettings = {}): string[] {
  return [...new Set(concurrencyOf(flow).flatMap(({ scope }) => scope ?? []))];
}
