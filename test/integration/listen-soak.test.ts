/**
 * `hookloom listen --forward` over a stop of the API and a `kill -9` of its own, while twenty things a second are to be
 * forwarded. `HOOKLOOM_LISTEN_SECONDS=60 npm test -- test/integration/listen-soak.test.ts` goes on for a minute.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';

const seconds = Number(process.env['HOOKLOOM_LISTEN_SECONDS'] ?? 4);
/** Five requests a second; with each come three events of its run. */
const everyMs = 200;
const perPhase = (seconds * 1_000) / 4 / everyMs;

/** One thing that the local receiver was sent. */
interface Got {
  id: string;
  kind: string;
  type?: string;
  runId?: string;
  sequence?: number;
}

describe('listening over outages, under load', function () {
  this.timeout(180_000 + seconds * 4_000);
  let hookloom: Hookloom;
  let folder: string;
  let receiver: Server;
  let child: ChildProcess | undefined;
  let told = '';
  const got: Got[] = [];
  /** Resolved by the next thing that comes: it is left without an answer. */
  let onNext: (() => void) | undefined;

  before(async () => {
    hookloom = await startHookloom({}, { api: false });
    folder = await mkdtemp(join(tmpdir(), 'hookloom-listen-'));
    receiver = createServer((request, response) => {
      void buffer(request).then((body) => {
        const { 'webhook-id': id, 'hookloom-listen': kind } = request.headers;
        const event = kind === 'event' ? JSON.parse(body.toString()) : {};
        got.push({ id: String(id), kind: String(kind), type: event.type, ...event.data });
        if (!onNext) return void response.writeHead(204).end();
        onNext();
        onNext = undefined;
      });
    }).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
  });
  after(async () => {
    child?.kill('SIGKILL');
    receiver?.close();
    receiver?.closeAllConnections();
    await hookloom?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function listen(): Promise<ChildProcess> {
    const forward = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
    const args = ['dist/cli/main.js', 'listen', '--forward', forward, '--types', 'run.*'];
    const started = spawn(process.execPath, [resolve(args[0] ?? ''), ...args.slice(1)], {
      env: {
        PATH: process.env['PATH'],
        XDG_CONFIG_HOME: folder,
        HOOKLOOM_URL: hookloom.url,
        HOOKLOOM_API_KEY: hookloom.key,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    told = '';
    started.stderr?.on('data', (chunk: Buffer) => (told += chunk.toString()));
    await eventually(() => assert.match(told, /^listening at /m), 60_000);
    return started;
  }

  /** Kills it while something is on its way, which nobody answers. */
  async function killInFlight(): Promise<number> {
    await new Promise<void>((resolve) => (onNext = resolve));
    const killed = got.length;
    child?.kill('SIGKILL');
    if (child) await once(child, 'close');
    return killed;
  }

  it('brings everything once, in each run’s order, and again only what was on its way', async () => {
    const port = await freePort();
    const api = await hookloom.startApi({ port });
    hookloom.url = api.url;
    const { webhookUrl } = await hookloom.publish({
      nodes: {
        root: { type: 'webhook', children: ['a'] },
        a: { type: 'log', payload: { message: 'hello' } },
      },
    });
    let isBack: Promise<unknown> = Promise.resolve();
    const send = async (key: string): Promise<string> => {
      for (;;) {
        await isBack;
        const headers = { 'content-type': 'application/json', 'idempotency-key': key };
        const body = JSON.stringify({ key });
        const answer = await fetch(webhookUrl, { method: 'POST', headers, body }).catch(() => undefined);
        if (answer?.status === 202) return ((await answer.json()) as { runIds: [string] }).runIds[0];
        await delay(everyMs);
      }
    };
    child = await listen();
    const sent: Promise<string>[] = [];
    const sending = setInterval(() => {
      const one = send(`request ${sent.length}`);
      // Whoever waits for all of them hears of it.
      one.catch(() => undefined);
      sent.push(one);
    }, everyMs);
    /** Until a phase's requests have been made; those made while nothing answers wait until it does. */
    const phase = () => {
      const enough = sent.length + perPhase;
      return eventually(() => assert.ok(sent.length >= enough), 60_000 + seconds * 1_000);
    };
    await phase();
    isBack = (async () => {
      await api.stop();
      await eventually(() => assert.match(told, /nothing answers/), 60_000);
      await phase();
      await hookloom.startApi({ port });
    })();
    await isBack;
    await eventually(() => assert.match(told, /nothing answers[^]*listening at/), 60_000);
    await phase();
    const killed = await killInFlight();
    await phase();
    child = await listen();
    clearInterval(sending);
    const runIds = await Promise.all(sent);
    await eventually(
      () => {
        const ended = new Set(got.filter(({ type }) => type === 'run.succeeded').map(({ runId }) => runId));
        assert.equal(runIds.filter((runId) => !ended.has(runId)).length, 0);
      },
      60_000 + seconds * 2_000,
    );

    const again = got.filter(({ id }, index) => got.findIndex((one) => one.id === id) !== index);
    // What is on its way is an event, or the request that it speaks of.
    const onItsWay = got.slice(killed - 2, killed).map(({ id }) => id);
    for (const { id, type } of again) assert.ok(onItsWay.includes(id), `${type} ${id} came twice`);
    assert.ok(again.some(({ id }) => id === onItsWay[1]));
    for (const runId of runIds) assertWhole(runId);
    const requests = new Set(got.filter(({ kind }) => kind === 'request').map(({ id }) => id));
    assert.equal(requests.size, runIds.length);
  });

  function assertWhole(runId: string): void {
    const own = got.filter((one) => one.runId === runId);
    const first = own.filter(({ id }, index) => own.findIndex((one) => one.id === id) === index);
    assert.deepEqual(
      first.map(({ type }) => type),
      ['run.queued', 'run.started', 'run.succeeded'],
      runId,
    );
    const sequences = first.map(({ sequence = 0 }) => sequence);
    assert.deepEqual(
      sequences,
      sequences.toSorted((a, b) => a - b),
      runId,
    );
  }
});
