import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useKey } from '../session/session.ts';
import { api } from './client.ts';
import type { DeliveryRow, PageOf, RunRow, WholeVersion, WorkflowRow } from './types.ts';

/** Names under which answers are kept; the activity stream makes them stale by their first part (`live.ts`). */
export const keys = {
  whoami: ['whoami'],
  runs: (filter: object) => ['runs', filter],
  workflows: ['workflows'],
  workflow: (id: string) => ['workflows', id],
  version: (id: string, version: number) => ['versions', id, version],
  deliveries: (filter: object) => ['deliveries', filter],
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
  return useInfiniteQuery({
    queryKey: keys.runs(filter),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => {
      const query = { ...filter, limit: 50, cursor: pageParam } as never;
      return api().get('/v1/runs', { params: { query }, signal }) as Promise<PageOf<RunRow>>;
    },
    getNextPageParam: (page) => page.nextCursor ?? undefined,
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
    queryFn: ({ signal }) => {
      const path = { id: workflowId ?? '', version: version ?? 0 };
      const called = api().get('/v1/workflows/{id}/versions/{version}', { params: { path }, signal });
      return called as unknown as Promise<WholeVersion>;
    },
  });
}

/** Deliveries of a run's events to hook endpoints. */
export function useDeliveries(filter: { runId?: string; endpointId?: string; status?: string | undefined }) {
  return useQuery({
    queryKey: keys.deliveries(filter),
    queryFn: ({ signal }) => {
      const query = { ...filter, limit: 100 } as never;
      const called = api().get('/v1/execution-webhooks/deliveries', { params: { query }, signal });
      return called as Promise<PageOf<DeliveryRow>>;
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
