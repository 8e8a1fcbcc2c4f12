import { Tooltip } from '@mantine/core';
import { formatDuration } from './duration.ts';
import { useNow } from './use-now.ts';

const local = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
});
const shortTime = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const day = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' });

/** Local date and time. */
export function formatTime(iso: string): string {
  return local.format(new Date(iso));
}

/** Local time of day in minutes. */
export function formatShortTime(iso: string): string {
  return shortTime.format(new Date(iso));
}

/** Local time of day with milliseconds. */
export function formatClock(iso: string): string {
  return clock.format(new Date(iso));
}

/** A moment as the time since; its local and UTC times on hover and for assistive programs. */
export function Ago({ iso }: { iso: string }) {
  const now = useNow(5_000);
  const ms = now - Date.parse(iso);
  const text =
    ms < 5_000 ? 'just now' : ms < 7 * 86_400_000 ? `${coarse(ms)} ago` : day.format(new Date(iso));
  return (
    <Tooltip label={bothTimes(iso)}>
      <time dateTime={iso}>{text}</time>
    </Tooltip>
  );
}

function coarse(ms: number): string {
  return formatDuration(ms).split(' ').slice(0, 2).join(' ').replace(/\.\d/, '');
}

/** A moment to come as the time until then; its local and UTC times on hover. */
export function Until({ iso }: { iso: string }) {
  const now = useNow(5_000);
  const ms = Date.parse(iso) - now;
  return (
    <Tooltip label={bothTimes(iso)}>
      <time dateTime={iso}>{ms < 5_000 ? 'now' : `in ${coarse(ms)}`}</time>
    </Tooltip>
  );
}

/** A moment as local date and time; UTC on hover. */
export function When({ iso }: { iso: string }) {
  return (
    <Tooltip label={bothTimes(iso)}>
      <time dateTime={iso}>{formatTime(iso)}</time>
    </Tooltip>
  );
}

/** A moment as local time of day; date and UTC on hover. */
export function Clock({ iso }: { iso: string }) {
  return (
    <time dateTime={iso} title={bothTimes(iso)}>
      {formatClock(iso)}
    </time>
  );
}

function bothTimes(iso: string): string {
  return `${formatTime(iso)} local · ${new Date(iso).toISOString().replace('T', ' ').replace('Z', '')} UTC`;
}
