import { useQuery } from '@tanstack/react-query';
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
  version: (id: string, version: number) => ['versions', id, version],
  deliveries: (filter: object) => ['deliveries', filter],
  waits: (filter: object) => ['waits', filter],
  incoming: (filter: object) => ['incoming', filter],
  request: (id: string) => ['requests', id],
  endpoints: ['endpoints'],
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
