import { formatNumber } from './count.ts';

/** Runs by what became of them. */
export interface CountedRuns {
  total: number;
  byStatus: Record<string, number>;
}

/** How many of the runs that have ended did what they should, as a part of one; `undefined` when none has ended. */
export function successOf({ byStatus }: CountedRuns): number | undefined {
  const [good, ended] = [byStatus['success'] ?? 0, endedOf({ byStatus })];
  return ended === 0 ? undefined : good / ended;
}

/** How many runs have ended by themselves. */
export function endedOf({ byStatus }: Pick<CountedRuns, 'byStatus'>): number {
  return ['success', 'partial', 'failure'].reduce((sum, status) => sum + (byStatus[status] ?? 0), 0);
}

/** How many of a workflow's runs succeed: `98 % of 120`. */
export function Rate({ counted }: { counted: CountedRuns }) {
  const success = successOf(counted);
  if (success === undefined)
    return (
      <span className="dim" style={{ whiteSpace: 'nowrap' }}>
        {formatNumber(counted.total)} under way
      </span>
    );
  const status = success === 1 ? 'success' : success >= 0.95 ? 'partial' : 'failure';
  return (
    <span style={{ whiteSpace: 'nowrap' }}>
      <strong data-status={status} style={{ color: 'var(--hl-state)' }}>
        {percent(success)}
      </strong>{' '}
      <span className="dim">of {formatNumber(endedOf(counted))}</span>
    </span>
  );
}

/** Never 100 % while one has failed. */
function percent(part: number): string {
  const shown = Math.floor(part * 1000) / 10;
  return `${shown < 10 ? shown : Math.floor(shown)} %`;
}
