import type { WaitReason } from '../../../src/engine/log/queue-place.schema.ts';
import { formatDuration } from '../show/duration.ts';
import type { RunEvent } from './run-event.ts';

type Describe = (data: RunEvent['data']) => string;

const failed: Describe = ({ error }) => (error ? `${error.type}: ${error.message}` : '');
const took: Describe = ({ durationMs }) => (durationMs === undefined ? '' : formatDuration(durationMs));
const because: Describe = ({ reason }) => reason ?? '';

const waits: Record<WaitReason, string> = {
  concurrency: 'as many runs go as may at a time',
  rate: 'as many runs have started as may in this time',
  paused: 'its lane is paused',
};

/** Why a run waits for its turn (`run.blocked`). */
export function describeWait({ queue }: RunEvent['data']): string {
  if (!queue) return '';
  return queue.key === null ? waits[queue.reason] : `${waits[queue.reason]}, of the key ${queue.key}`;
}

const details: Partial<Record<RunEvent['type'], Describe>> = {
  'run.queued': ({ trigger }) => `by ${String(trigger?.['source'] ?? '')}`,
  'run.blocked': describeWait,
  'run.failed': failed,
  'run.succeeded': took,
  'node.started': ({ attempt }) => `attempt ${attempt}`,
  'node.retrying': failed,
  'node.failed': failed,
  'node.succeeded': ({ branch, ...data }) =>
    [branch && `→ ${branch}`, took(data)].filter(Boolean).join(' · '),
  'node.skipped': because,
  'node.cancelled': because,
  'node.log': ({ level, message }) => `${level}: ${message}`,
  'node.resumed': ({ outcome }) => outcome ?? '',
  'node.progress': ({ done, total, message }) =>
    [done !== undefined && total !== undefined ? `${done}/${total}` : '', message].filter(Boolean).join(' '),
};

/** What an event says, in a line. */
export function describeEvent({ type, data }: RunEvent): string {
  const place = data.path === undefined ? type : `${type} ${data.path}`;
  const detail = details[type]?.(data) ?? '';
  return detail === '' ? place : `${place} – ${detail}`;
}

/** What an event says beside its type and place. */
export function detailOf({ type, data }: RunEvent): string {
  return details[type]?.(data) ?? '';
}
