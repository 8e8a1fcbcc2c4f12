import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Case } from '../engine/case.schema.ts';
import { startReceiver } from './receiver.ts';
import type { ReceivedRequest, Receiver } from './receiver.ts';

type Answer = Case['stub'][string][number];

/** One receiver for many cases; each has its own base URL and script. */
export interface ScriptedStub {
  host: string;
  /** Registers a case's answers; answers its base URL. */
  script(answers: Case['stub']): string;
  /** The requests below a base URL, by path without the query. */
  requestsOf(baseUrl: string): Map<string, (ReceivedRequest & { query: string })[]>;
  stop(): Promise<void>;
}

/** Starts the receiver. */
export async function startScriptedStub(): Promise<ScriptedStub> {
  const scripts = new Map<string, Map<string, Answer[]>>();
  const receiver: Receiver = await startReceiver((request, response) => {
    const { key, path } = placeOf(request);
    const left = scripts.get(key)?.get(path) ?? [];
    void give(response, left.length > 1 ? left.shift() : left[0]);
  });
  return {
    host: receiver.host,
    script(answers) {
      const key = `case-${scripts.size + 1}`;
      const baseUrl = `${receiver.url}/${key}`;
      const filled = JSON.parse(JSON.stringify(answers).replaceAll('{{stub}}', baseUrl)) as Case['stub'];
      scripts.set(key, new Map(Object.entries(filled)));
      return baseUrl;
    },
    requestsOf(baseUrl) {
      const wanted = baseUrl.slice(receiver.url.length + 1);
      const found = new Map<string, (ReceivedRequest & { query: string })[]>();
      for (const request of receiver.requests) {
        const { key, path, query } = placeOf(request);
        if (key === wanted) found.set(path, [...(found.get(path) ?? []), { ...request, query }]);
      }
      return found;
    },
    stop: () => receiver.stop(),
  };
}

function placeOf(request: ReceivedRequest): { key: string; path: string; query: string } {
  const [path = '', query = ''] = request.path.split('?');
  const [, key = '', rest = ''] = /^\/([^/]*)(.*)$/.exec(path) ?? [];
  return { key, path: rest, query };
}

async function give(response: ServerResponse, answer: Answer | undefined): Promise<void> {
  const { status = 200, headers = {}, delayMs = 0, reset, bytes } = answer ?? {};
  const body = bytes === undefined ? (answer?.body ?? {}) : 'x'.repeat(bytes);
  if (delayMs > 0) await delay(delayMs);
  if (reset) return void response.destroy();
  const isText = typeof body === 'string';
  response.writeHead(status, { 'content-type': isText ? 'text/plain' : 'application/json', ...headers });
  response.end(isText ? body : JSON.stringify(body));
}
