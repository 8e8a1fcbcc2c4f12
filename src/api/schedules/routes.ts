import { currentMs, currentTime } from '../../clock.ts';
import { firstTimes, scheduleTimes } from '../../engine/schedules/schedule-times.ts';
import type { ScheduleSpec } from '../../engine/schedules/schedule-times.ts';
import { AppError } from '../../errors/app-error.ts';
import { recordValue } from '../../store/log/payloads.ts';
import { listRuns } from '../../store/log/list-runs.ts';
import { createId, deriveId } from '../../store/mongo/ids.ts';
import { fireSchedule } from '../../store/schedules/fire-schedule.ts';
import { findSchedule, specOf } from '../../store/schedules/schedules.ts';
import type { ScheduleDocument } from '../../store/schedules/schedules.ts';
import type { ApiDeps } from '../routing/deps.ts';
import { route } from '../routing/route.ts';
import { beginRun } from '../runs/begin-run.ts';
import { requireWorkflow } from '../workflows/routes.ts';
import { emptyBody } from '../workflows/schema.ts';
import * as answers from './answers.ts';
import { runId } from '../runs/answers.ts';
import { presentSchedule } from './present.ts';
import { backfillBody, previewBody, scheduleParams } from './schema.ts';

const tag = 'Schedules';
/** Times that are shown ahead. */
const shownTimes = 10;
const shownRuns = 10;
/** Most firings of one backfill. */
const maxBackfill = 1_000;

/** Schedules of workflows. */
export const scheduleRoutes = [
  route({
    method: 'get',
    path: '/v1/workflows/{id}/schedule',
    scope: 'read',
    tag,
    summary: 'Read when a workflow’s schedule fires next, and its last runs',
    params: scheduleParams,
    answers: { 200: { is: 'The schedule.', schema: answers.schedule } },
    handler: async ({ deps, principal, params }) => {
      const schedule = await requireSchedule(deps, principal.organizationId, params.id);
      const filter = { workflowId: params.id, triggerSource: 'schedule' };
      await deps.runLog.flush();
      const runs = await listRuns(deps.db, principal.organizationId, filter, { limit: shownRuns });
      const next = schedule.state === 'active' ? firstTimes(specOf(schedule), currentMs(), shownTimes) : [];
      return { body: presentSchedule(schedule, { next, runs }) };
    },
  }),
  route({
    method: 'post',
    path: '/v1/workflows/{id}/schedule/trigger',
    scope: 'run',
    tag,
    summary: 'Start a run of the schedule now, whatever else runs',
    params: scheduleParams,
    body: emptyBody,
    creates: true,
    answers: { 202: { is: 'The run’s id.', schema: runId } },
    handler: async ({ deps, principal, params, commit }) => {
      const schedule = await requireSchedule(deps, principal.organizationId, params.id);
      const owner = { runId: createId('run'), organizationId: schedule.organizationId };
      const { workflowVersion, versionId } = schedule;
      return beginRun(deps, commit, {
        ...{ ...owner, workflowId: schedule._id, workflowVersion, versionId },
        trigger: { source: 'schedule', scheduledAt: currentTime().toISOString(), by: 'request' },
        input: await recordValue(deps.db, owner, specOf(schedule).input ?? null),
      });
    },
  }),
  route({
    method: 'post',
    path: '/v1/workflows/{id}/schedule/backfill',
    scope: 'run',
    tag,
    summary:
      'Fire for the scheduled times of a past time; those that have a run are not repeated unless forced',
    params: scheduleParams,
    body: backfillBody,
    answers: { 202: { is: 'What came of the firings.', schema: answers.backfill } },
    handler: async ({ deps, ctx, principal, params, body }) => {
      const schedule = await requireSchedule(deps, principal.organizationId, params.id);
      if (schedule.state !== 'active')
        throw new AppError('conflict', `The schedule is ${schedule.state}; resume its workflow first.`);
      return {
        status: 202,
        body: await backfill(deps, schedule, { ...body, key: ctx.get('idempotency-key') }),
      };
    },
  }),
  route({
    method: 'post',
    path: '/v1/schedules/preview',
    scope: 'read',
    tag,
    summary: 'Tell when a schedule would fire: ten times',
    body: previewBody,
    answers: { 200: { is: 'The times.', schema: answers.preview } },
    handler: ({ body }) => {
      const { from, ...spec } = body;
      const times = firstTimes(spec as ScheduleSpec, from?.getTime() ?? currentMs(), shownTimes);
      return { body: { times: times.map((time) => new Date(time)) } };
    },
  }),
];

/** Returns the schedule of a workflow. @throws AppError not-found when its live version has none */
async function requireSchedule(
  deps: ApiDeps,
  organizationId: string,
  workflowId: string,
): Promise<ScheduleDocument> {
  await requireWorkflow(deps, organizationId, workflowId);
  const schedule = await findSchedule(deps.db, workflowId);
  if (!schedule) throw new AppError('not-found', 'The workflow has no live version with a schedule.');
  return schedule;
}

interface Backfill {
  since: Date;
  until: Date;
  overlap: NonNullable<ScheduleSpec['overlap']>;
  force: boolean;
  /** `Idempotency-Key` of the request; empty: none. */
  key: string;
}

async function backfill(deps: ApiDeps, schedule: ScheduleDocument, asked: Backfill) {
  const { overlap, force, key } = asked;
  const times = timesBetween(specOf(schedule), asked);
  const counts = { started: 0, known: 0, skipped: 0, buffered: 0 };
  const runIds: string[] = [];
  // Forced again, it starts its runs again; with the same key it finds those that it has started.
  const own = key === '' ? createId('req') : deriveId('req', key);
  const nonce = force ? own : undefined;
  for (const time of times) {
    const fired = await fireSchedule(deps, {
      workflowId: schedule._id,
      scheduledAt: new Date(time),
      backfill: { overlap, ...(nonce === undefined ? {} : { nonce }) },
    });
    deps.relay.fired(fired);
    if (fired.outcome === 'started') counts[fired.isNew ? 'started' : 'known'] += 1;
    else counts[fired.outcome === 'buffered' ? 'buffered' : 'skipped'] += 1;
    if (fired.isNew && fired.runId !== undefined) runIds.push(fired.runId);
  }
  return { firings: times.length, ...counts, runIds };
}

/** @throws AppError invalid-request for times that are not past, or too many */
function timesBetween(spec: ScheduleSpec, { since, until }: Backfill): number[] {
  if (since > until || until.getTime() > currentMs())
    throw refusal(
      '/until',
      `until: expected a past time that is not before since; came ${until.toISOString()}`,
    );
  const times: number[] = [];
  for (const time of scheduleTimes(spec, since.getTime())) {
    if (time > until.getTime()) break;
    if (times.push(time) > maxBackfill)
      throw refusal('/since', `since: expected at most ${maxBackfill} firings until the end; came more`);
  }
  return times;
}

function refusal(pointer: string, detail: string): AppError {
  return new AppError('invalid-request', detail, { errors: [{ pointer, detail }] });
}
