import createFetchClient from 'openapi-fetch';
import type { paths } from './api-types.ts';
import { problemOf } from './problem.ts';

/** What a client is made with. */
export interface ClientOptions {
  /** Such as `http://localhost:3000`. */
  baseUrl: string;
  /** `hl_…`; absent for routes that take none. */
  apiKey?: string | undefined;
  /** Default: the platform's. */
  fetch?: ((request: Request) => Promise<Response>) | undefined;
  /** Ends every call and every stream of the client. */
  signal?: AbortSignal | undefined;
}

/** Calls the API over fetch. */
export interface Http {
  /** Resolves with the parsed body of a good answer. @throws HookloomProblem for any other */
  call(method: string, path: string, options?: object): Promise<unknown>;
  /** Resolves with any answer, unread. */
  send(path: string, init: { headers: Record<string, string>; signal: AbortSignal }): Promise<Response>;
  /** Aborted with the client. */
  signal: AbortSignal | undefined;
}

/** Creates the part of a client that talks. */
export function createHttp(options: ClientOptions): Http {
  const { fetch: given = globalThis.fetch, apiKey, signal } = options;
  const baseUrl = options.baseUrl.replace(/\/+$/, '');
  // Browsers refuse a fetch that is called as a method.
  const fetch = (request: Request) => given(request);
  const authorized: Record<string, string> =
    apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
  const client = createFetchClient<paths>({ baseUrl, fetch, headers: authorized });
  client.use({
    async onResponse({ response }) {
      if (!response.ok) throw await problemOf(response);
    },
  });
  return {
    signal,
    async call(method, path, asked = {}) {
      const { data } = await client.request(
        method as never,
        path as never,
        { ...asked, signal: eitherOf(signal, (asked as { signal?: AbortSignal }).signal) } as never,
      );
      return data;
    },
    send: (path, { headers, signal: other }) =>
      fetch(new Request(baseUrl + path, { headers: { ...authorized, ...headers }, signal: other })),
  };
}

/** A signal that is aborted with the first of some; absent ones never are. */
export function eitherOf(...signals: (AbortSignal | undefined)[]): AbortSignal {
  return AbortSignal.any(signals.filter((signal) => signal !== undefined));
}
