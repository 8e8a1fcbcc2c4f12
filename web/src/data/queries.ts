import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useKey } from '../session/session.ts';
import { api } from './client.ts';
import type { Definition } from '../../../src/engine/definition/definition.ts';
import type { RunRow, WorkflowRow } from './types.ts';
import { useList } from './use-list.ts';

/** Names under which answers are kept; the activity stream makes them stale by their first part (`live.ts`). */
export const keys = {
  whoami: ['whoami'],
  runs: (filter: object) => ['runs', filter],
  workflows: ['workflows'],
  /** Goes over all workflows, so it is read again as rarely as counts. */
  failing: ['stats', 'failing'],
  workflowRows: (filter: object) => ['workflowRows', filter],
  runStats: (span: string) => ['stats', 'runs', span],
  workflow: (id: string) => ['workflow', id],
  webhook: (id: string) => ['webhook', id],
  schedule: (id: string) => ['schedules', id],
  flow: (owner: string) => ['flow', owner],
  apiKeys: ['apiKeys'],
  credentials: ['credentials'],
  variables: ['variables'],
  audit: ['audit'],
  organization: ['organization'],
  definitionSchema: ['definitionSchema'],
  verificationTypes: ['verificationTypes'],
  versionList: (id: string) => ['workflow', id, 'versions'],
  diff: (id: string, from: number, to: number) => ['versions', id, 'diff', from, to],
  version: (id: string, version: number) => ['versions', id, version],
  deliveries: (filter: object) => ['deliveries', filter],
  waits: (filter: object) => ['waits', filter],
  incoming: (filter: object) => ['incoming', filter],
  request: (id: string) => ['requests', id],
  endpoints: ['endpoints'],
  preview: (endpointId: string, eventId: string) => ['previews', endpointId, eventId],
  newestEvents: (workflowId: string | undefined) => ['runs', 'newest', workflowId],
  replayPlan: (body: object) => ['replays', 'requests', body],
  endpoint: (id: string) => ['endpoints', id],
  deliveryList: (filter: object) => ['deliveries', 'list', filter],
  delivery: (id: string) => ['deliveries', 'one', id],
  payload: (ref: string) => ['payload', ref],
} as const;

/** Who is signed in, and what they may do. */
export function useWhoami() {
  const key = useKey();
  return useQuery({
    queryKey: [...keys.whoami, key?.length],
    queryFn: ({ signal }) => api().get('/v1/whoami', { signal }),
    enabled: key !== null,
    staleTime: 60_000,
  });
}

/** What a list of runs is narrowed to. */
export interface RunFilter {
  status?: string | undefined;
  workflowId?: string | undefined;
  trigger?: string | undefined;
}

/** Runs, newest first, page by page. */
export function useRuns(filter: RunFilter) {
  return useList<RunRow>(keys.runs(filter), (cursor, signal) => {
    const query = { ...filter, limit: 50, cursor } as { limit: number };
    return api().get('/v1/runs', { params: { query }, signal });
  });
}

/** Every workflow, newest first. */
export function useWorkflows() {
  return useQuery({
    queryKey: keys.workflows,
    queryFn: async ({ signal }) => {
      const rows: WorkflowRow[] = [];
      for await (const row of api().list('/v1/workflows' as never, {
        query: { limit: 100 } as never,
        signal,
      }))
        rows.push(row as WorkflowRow);
      return rows;
    },
  });
}

/** What a list of workflows is narrowed to. */
export interface WorkflowFilter {
  status?: string | undefined;
  lastRunStatus?: string | undefined;
  search?: string | undefined;
}

/** Workflows with what they do, newest first, page by page. */
export function useWorkflowRows(filter: WorkflowFilter) {
  return useList<WorkflowRow>(keys.workflowRows(filter), (cursor, signal) => {
    const query = { ...filter, limit: 50, cursor } as { limit: number };
    return api().get('/v1/workflows', { params: { query }, signal });
  });
}

/** Times that runs are counted over: in minutes, and steps of so many seconds. */
const spans = { hour: { minutes: 60, stepSeconds: 60 }, day: { minutes: 24 * 60, stepSeconds: 900 } };
export type Span = keyof typeof spans;

/** Runs of the last hour or day, by step of time and by workflow. */
export function useRunStats(span: Span) {
  return useQuery({
    queryKey: keys.runStats(span),
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => {
      const { minutes, stepSeconds } = spans[span];
      const stepMs = stepSeconds * 1_000;
      // Whole steps, so that a bar stays what it is while time goes on.
      const until = Math.ceil(Date.now() / stepMs) * stepMs;
      const since = new Date(until - minutes * 60_000).toISOString();
      const query = { since, until: new Date(until).toISOString(), stepSeconds };
      return api().get('/v1/stats/runs', { params: { query }, signal });
    },
  });
}

/** The name of a workflow, once the workflows are known; its id until then. */
export function useWorkflowNames(): (id: string) => string {
  const { data } = useWorkflows();
  return (id) => data?.find((workflow) => workflow.id === id)?.name ?? id;
}

/** A version with its definition; it never changes. */
export function useVersion(workflowId: string | undefined, version: number | undefined) {
  return useQuery({
    queryKey: keys.version(workflowId ?? '', version ?? 0),
    enabled: workflowId !== undefined && version !== undefined,
    staleTime: Infinity,
    queryFn: async ({ signal }) => {
      const path = { id: workflowId ?? '', version: version ?? 0 };
      const whole = await api().get('/v1/workflows/{id}/versions/{version}', { params: { path }, signal });
      return { ...whole, definition: whole.definition as unknown as Definition };
    },
  });
}

/** Deliveries of a run's events to hook endpoints. */
export function useDeliveries(runId: string) {
  return useQuery({
    queryKey: keys.deliveries({ runId }),
    queryFn: ({ signal }) => {
      const query = { runId, limit: 100 };
      return api().get('/v1/deliveries', { params: { query }, signal });
    },
  });
}

/** A large value, read only when it is asked for. */
export function usePayload(ref: string, isWanted: boolean) {
  return useQuery({
    queryKey: keys.payload(ref),
    enabled: isWanted,
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      api().get('/v1/payloads/{ref}', { params: { path: { ref } }, signal }) as Promise<unknown>,
  });
}
