import { followActivity } from './activity.ts';
import type { ActivityToFollow } from './activity.ts';
import { followStream } from './follow.ts';
import { createHttp, eitherOf } from './http.ts';
import type { ClientOptions, Http } from './http.ts';
import { RunFailedError } from './run-failed-error.ts';
import type { Answer, Call, HookloomEvent, ItemOf, PagedPath, QueryOf, Run } from './types.ts';

/** How a stream is followed. */
export interface FollowOptions {
  /** Follow on after this sequence; absent: from the first event. */
  after?: number | undefined;
  /** Ends the following, quietly. */
  signal?: AbortSignal | undefined;
}

/** Runs. */
export interface RunsClient {
  get(id: string): Promise<Run>;
  /** Every run that the query names, newest first, page by page as it is asked for. */
  list(query?: QueryOf<'/v1/runs', 'get'>): AsyncGenerator<ItemOf<Answer<'/v1/runs', 'get'>>>;
  /** Every event of the run from the first on, each once and in order; ends with the run. */
  follow(id: string, options?: FollowOptions): AsyncGenerator<HookloomEvent>;
  /**
   * Resolves with the run at its end.
   * @throws RunFailedError for a run that failed or was cancelled, unless `throwOnFailure` is `false`
   */
  result(id: string, options?: { throwOnFailure?: boolean; signal?: AbortSignal }): Promise<Run>;
}

/** A client of Hookloom's API. Every call throws HookloomProblem for an answer that is not 2xx. */
export interface HookloomClient {
  get: Call<'get'>;
  post: Call<'post'>;
  put: Call<'put'>;
  patch: Call<'patch'>;
  delete: Call<'delete'>;
  /** Every item of a list, page by page as it is asked for. */
  list<Path extends PagedPath>(
    path: Path,
    options?: { path?: Record<string, string>; query?: QueryOf<Path, 'get'>; signal?: AbortSignal },
  ): AsyncGenerator<ItemOf<Answer<Path, 'get'>>>;
  runs: RunsClient;
  executions: {
    /** Every event of one execution; ends with it. */
    follow(id: string, options?: FollowOptions): AsyncGenerator<HookloomEvent>;
  };
  activity: {
    /** What happens in the organization, from now on or after a place; ends when the signal is aborted. */
    follow(options?: ActivityToFollow): AsyncGenerator<HookloomEvent>;
  };
}

/** Creates a client. Needs fetch and nothing else: Node 20, browsers, Deno, Bun. */
export function createClient(options: ClientOptions): HookloomClient {
  const http = createHttp(options);
  const call = (method: string) => (path: string, asked?: object) => http.call(method, path, asked);
  return {
    get: call('get') as Call<'get'>,
    post: call('post') as Call<'post'>,
    put: call('put') as Call<'put'>,
    patch: call('patch') as Call<'patch'>,
    delete: call('delete') as Call<'delete'>,
    list: (path, { path: names, query, signal } = {}) =>
      listItems(http, path, { params: { path: names, query }, signal }) as never,
    runs: createRunsClient(http),
    executions: {
      follow: (id, asked) => followEvents(http, `/v1/executions/${encodeURIComponent(id)}/stream`, asked),
    },
    activity: {
      async *follow(asked = {}) {
        for await (const { event } of followActivity(http, asked)) yield event;
      },
    },
  };
}

function createRunsClient(http: Http): RunsClient {
  const get = async (id: string, signal?: AbortSignal) =>
    (await http.call('get', '/v1/runs/{id}', { params: { path: { id } }, signal })) as Run;
  const follow = (id: string, asked?: FollowOptions) =>
    followEvents(http, `/v1/runs/${encodeURIComponent(id)}/stream`, asked);
  return {
    get: (id) => get(id),
    list: (query) => listItems(http, '/v1/runs', { params: { query } }) as never,
    follow,
    async result(id, { throwOnFailure = true, signal } = {}) {
      for await (const event of follow(id, { signal })) void event;
      eitherOf(http.signal, signal).throwIfAborted();
      const run = await get(id, signal);
      if (throwOnFailure && (run.status === 'failure' || run.status === 'cancelled'))
        throw new RunFailedError(run);
      return run;
    },
  };
}

async function* followEvents(
  http: Http,
  path: string,
  { after, signal }: FollowOptions = {},
): AsyncGenerator<HookloomEvent> {
  const frames = followStream({
    path,
    after: after === undefined ? undefined : String(after),
    signal: eitherOf(http.signal, signal),
    send: http.send,
  });
  for await (const frame of frames) yield JSON.parse(frame.data) as HookloomEvent;
}

interface Listing {
  params: { path?: object | undefined; query?: object | undefined };
  signal?: AbortSignal | undefined;
}

async function* listItems(http: Http, path: string, { params, signal }: Listing): AsyncGenerator<unknown> {
  let cursor: unknown;
  do {
    const query = cursor === undefined ? params.query : { ...params.query, cursor };
    const page = (await http.call('get', path, { params: { ...params, query }, signal })) as {
      items: unknown[];
      nextCursor?: unknown;
    };
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor !== null && cursor !== undefined);
}
