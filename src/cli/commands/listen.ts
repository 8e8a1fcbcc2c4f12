/**
 * `listen`: what comes in on webhooks and what hooks tell goes to a local address too, read from the log by a stream that
 * resumes. Its place is kept on disk after each accepted one: what was in flight at a `kill -9` comes again, nothing else.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import { followActivity } from '../../client/activity.ts';
import type { PlacedEvent } from '../../client/activity.ts';
import { isRefusal } from '../../client/follow.ts';
import { createHttp } from '../../client/http.ts';
import { HookloomProblem } from '../../client/index.ts';
import type { Answer, HookloomClient } from '../../client/index.ts';
import { pause } from '../../client/pause.ts';
import { catalogEntry } from '../../engine/log/event-catalog.ts';
import { createSigningSecret, signHook } from '../../outbound/signing/sign-hook.ts';
import { readContexts, writeContexts, writePrivate } from '../contexts.ts';
import type { Target } from '../contexts.ts';
import { configDir } from '../environment.ts';
import { note, paint, print, printJson } from '../output.ts';
import { openSession } from '../session.ts';
import type { CommonOptions } from '../session.ts';
import { findWorkflow } from './runs.ts';

/** Options of `listen`. */
export interface ListenOptions extends CommonOptions {
  forward?: string;
  workflow?: string[];
  types?: string;
  /** `--no-retry`: show what is refused and go on. */
  retry: boolean;
}

/** One thing to send: a request as it came, or an event as hooks tell it. */
interface Parcel {
  kind: 'request' | 'event';
  id: string;
  label: string;
  method: string;
  /** Path and query below the address. */
  query: string;
  headers: Record<string, string>;
  body: Buffer;
}

/** Pauses after a refusal, in milliseconds: from the first, doubling, to the last. */
const pauses = { first: 250, last: 10_000 };
/** Waits after so many failures in a row. */
const pauseAfter = (failures: number, signal: AbortSignal): Promise<void> =>
  pause(Math.min(pauses.first * 2 ** failures, pauses.last), signal);
/** Requests that are known to have been sent: each is named by the first events of its runs. */
const mostKnown = 10_000;
/** Longest that the local receiver may take, in milliseconds. */
const answerMs = 30_000;

/** Listens until it is interrupted. */
export async function listen(options: ListenOptions): Promise<void> {
  const control = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => control.abort());
  const { client, target } = await openSession(options, control.signal);
  const names = options.workflow ?? [];
  const workflowId = await Promise.all(names.map((name) => findWorkflow(client, name)));
  const place = await openPlace(target, [
    options.forward ?? '',
    options.types ?? '',
    ...workflowId.toSorted(),
  ]);
  const secret = await secretOf(target);
  note(`signed with ${secret}`);
  const sender = createSender({ options, secret, signal: control.signal });
  const stopKeys = readKeys(sender.again, () => control.abort());
  const http = createHttp({ baseUrl: target.url, apiKey: target.apiKey, signal: control.signal });
  const seen = new LRUCache<string, true>({ max: mostKnown });
  const onConnection = tellConnection(target.url, options.forward);
  const asked = { workflowId, after: place.read(), onPlace: place.keep, onConnection };
  try {
    for await (const placed of followActivity(http, asked)) {
      for (const parcel of await parcelsOf(client, placed, {
        wanted: options.types,
        seen,
        signal: control.signal,
      }))
        await sender.send(parcel);
      if (control.signal.aborted) return;
      if (placed.place !== undefined) await place.keep(placed.place);
    }
  } finally {
    stopKeys();
    await place.settled();
  }
}

/** Tells people whether it listens: what is lost is caught up. */
function tellConnection(url: string, forward: string | undefined): (isOpen: boolean) => void {
  return (isOpen) =>
    note(
      isOpen
        ? `listening at ${url}${forward ? `, forwarding to ${forward}` : ''}`
        : `nothing answers at ${url}: trying again until it does`,
    );
}

/** What an event means for the local receiver: the request that it speaks of, and itself. */
async function parcelsOf(
  client: HookloomClient,
  { event, text }: PlacedEvent,
  { wanted, seen, signal }: { wanted: string | undefined; seen: LRUCache<string, true>; signal: AbortSignal },
): Promise<Parcel[]> {
  const requestId = requestOf(event);
  const request =
    requestId !== undefined && !seen.has(requestId)
      ? await readRequest(client, requestId, signal)
      : undefined;
  if (requestId !== undefined) seen.set(requestId, true);
  const told = isWanted(event.type, wanted) ? [parcelOf(event, text)] : [];
  return request ? [request, ...told] : told;
}

function requestOf(event: PlacedEvent['event']): string | undefined {
  if (event.type === 'node.resumed') return event.data.webhookEventId;
  const id = event.type === 'run.queued' ? event.data.trigger['webhookEventId'] : undefined;
  return typeof id === 'string' ? id : undefined;
}

/** As filters of endpoints go: globs never mean types that must be named. */
function isWanted(type: PlacedEvent['event']['type'], wanted = '*'): boolean {
  return wanted.split(',').some((one) => {
    const pattern = one.trim();
    if (pattern === type) return true;
    if (catalogEntry(type).namedOnly) return false;
    return pattern === '*' || (pattern.endsWith('*') && type.startsWith(pattern.slice(0, -1)));
  });
}

function parcelOf(event: PlacedEvent['event'], text: string): Parcel {
  const { path, runId } = event.data as { path?: string; runId?: string };
  return {
    kind: 'event',
    id: event.id,
    label: [event.type, runId, path].filter(Boolean).join(' '),
    method: 'POST',
    query: '',
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(text),
  };
}

/** Headers that belong to a connection, or that are made anew. */
const notForwarded =
  /^(host|connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|content-length|expect|webhook-.*)$/;

/** Reads a request as it came, once something answers. Resolves with `undefined` when it was erased or the signal aborted. */
async function readRequest(
  client: HookloomClient,
  id: string,
  signal: AbortSignal,
): Promise<Parcel | undefined> {
  for (let failures = 0; !signal.aborted; failures += 1) {
    try {
      return parcelOfRequest(id, await client.get('/v1/webhook-events/{id}', { params: { path: { id } } }));
    } catch (error) {
      const status = error instanceof HookloomProblem ? error.status : undefined;
      if (status === 404) return undefined;
      if (status !== undefined && isRefusal(status)) throw error;
      await pauseAfter(failures, signal);
    }
  }
  return undefined;
}

function parcelOfRequest(id: string, request: Answer<'/v1/webhook-events/{id}', 'get'>): Parcel {
  const head = Object.entries(request.headers).filter(([name]) => !notForwarded.test(name));
  return {
    kind: 'request',
    id,
    label: `${request.method} ${request.sizeBytes} bytes`,
    method: request.method,
    query: request.query === '' ? '' : `?${request.query}`,
    headers: Object.fromEntries(head),
    body: Buffer.from(request.bodyBase64, 'base64'),
  };
}

/** Sends one after the other: so each run's order holds. */
function createSender(given: { options: ListenOptions; secret: string; signal: AbortSignal }) {
  const { options, secret, signal } = given;
  let last: Parcel | undefined;

  async function attempt(parcel: Parcel): Promise<boolean> {
    const { forward } = options;
    if (forward === undefined) return tell(parcel, { status: null, ms: 0 });
    const from = performance.now();
    const status = await post(parcel, { forward, secret, signal }).catch((error: unknown) => causeOf(error));
    return tell(parcel, { status, ms: Math.round(performance.now() - from) });
  }

  function tell(parcel: Parcel, { status, ms }: { status: number | string | null; ms: number }): boolean {
    const isGood = status === null || (typeof status === 'number' && status >= 200 && status < 300);
    const { kind, id, label } = parcel;
    if (options.json) printJson({ kind, id, label, answer: status, ms });
    else
      print(
        `${kind.padEnd(7)}  ${id}  ${label}${status === null ? '' : `  → ${paint(isGood ? 'green' : 'red', String(status))}  ${ms} ms`}`,
      );
    return isGood;
  }

  return {
    async send(parcel: Parcel): Promise<void> {
      last = parcel;
      for (let failures = 0; !signal.aborted; failures += 1) {
        if ((await attempt(parcel)) || !options.retry) return;
        await pauseAfter(failures, signal);
      }
    },
    /** Sends the last one once more. */
    again: () => void (last && attempt(last)),
  };
}

async function post(
  { kind, id, method, query, headers, body }: Parcel,
  { forward, secret, signal }: { forward: string; secret: string; signal: AbortSignal },
): Promise<number> {
  const timestampSeconds = Math.floor(Date.now() / 1_000);
  const signature = signHook({ id, timestampSeconds, body, secrets: [secret] });
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const response = await fetch(forward + query, {
    method,
    headers: { ...headers, ...signature, 'hookloom-listen': kind },
    redirect: 'manual',
    signal: AbortSignal.any([signal, AbortSignal.timeout(answerMs)]),
    ...(hasBody ? { body: new Uint8Array(body) } : {}),
  });
  await response.arrayBuffer().catch(() => undefined);
  return response.status;
}

function causeOf(error: unknown): string {
  const { cause, message } = error as Error & { cause?: { code?: string } };
  return cause?.code ?? message;
}

/** Where the reader is, on disk. */
async function openPlace(target: Target, parts: string[]) {
  const name = createHash('sha256')
    .update(JSON.stringify([target.url, ...parts]))
    .digest('hex')
    .slice(0, 32);
  const file = join(configDir(), 'listen', `${name}.json`);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  let kept = text === undefined ? undefined : (JSON.parse(text) as { place?: string }).place;
  let writing = Promise.resolve();
  return {
    read: () => kept,
    keep(place: string): Promise<void> {
      if (place === kept) return writing;
      kept = place;
      writing = writing.then(() => writePrivate(file, `${JSON.stringify({ place })}\n`));
      return writing;
    },
    settled: () => writing,
  };
}

/** The secret of the context: made on the first use, and kept. */
async function secretOf(target: Target): Promise<string> {
  const known = await readContexts();
  const name = target.name ?? target.url;
  const context = known.contexts[name];
  if (context?.listenSecret) return context.listenSecret;
  const listenSecret = createSigningSecret();
  await writeContexts({
    ...known,
    contexts: { ...known.contexts, [name]: { url: target.url, ...context, listenSecret } },
  });
  return listenSecret;
}

/** On a terminal: `r` sends the last one again. */
function readKeys(onAgain: () => void, onEnd: () => void): () => void {
  const { stdin } = process;
  if (!stdin.isTTY) return () => {};
  note('press r to send the last one again');
  stdin.setRawMode(true);
  const onKey = (key: Buffer) => {
    if (key.toString() === 'r') onAgain();
    if (key[0] === 3) onEnd();
  };
  stdin.on('data', onKey);
  return () => {
    stdin.off('data', onKey);
    stdin.setRawMode(false);
    stdin.pause();
  };
}
