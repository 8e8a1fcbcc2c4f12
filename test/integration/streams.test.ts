import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { readStream } from '../../src/dev/read-stream.ts';
import type { StreamFrame } from '../../src/dev/read-stream.ts';
import { createApiKey } from '../../src/store/access/api-keys.ts';
import { readRunLog } from '../../src/store/log/appends.ts';
import { checkLog } from '../support/check-log.ts';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';

const loop = (body: object) => ({
  nodes: {
    root: { type: 'webhook', children: ['each'] },
    each: { type: 'for-each', payload: { array: '{{$trigger.body.items}}' }, loopBody: ['say'] },
    say: body,
  },
});
const items = (count: number) => ({ items: Array.from({ length: count }, (_, index) => index) });

describe('streams', function () {
  this.timeout(240_000);
  let hookloom: Hookloom;
  let workflow: { id: string; webhookUrl: string };

  before(async () => {
    hookloom = await startHookloom({ HOOKLOOM_KEY_CHECK_MS: '300' });
    workflow = await hookloom.publish(loop({ type: 'log', payload: { message: '{{$item}}' } }));
  });
  after(() => hookloom?.stop());

  interface Opening {
    /** Sent as `Last-Event-ID`. */
    last?: string | undefined;
    url?: string;
    key?: string;
    signal?: AbortSignal;
  }

  const open = (path: string, { last, url = hookloom.url, key = hookloom.key, signal }: Opening = {}) =>
    fetch(url + path, {
      headers: {
        authorization: `Bearer ${key}`,
        ...(last === undefined ? {} : { 'last-event-id': last }),
      },
      ...(signal ? { signal } : {}),
    });
  const start = async (count = 3, webhookUrl = workflow.webhookUrl) =>
    (await hookloom.call('POST', webhookUrl, items(count))).body.runIds[0] as string;
  const isEnd = (frame: StreamFrame) => frame.event === 'end';

  /** Reads frames until one says so, that one included, or the stream ends. */
  async function read(path: string, until: (frame: StreamFrame) => boolean, opening: Opening = {}) {
    const control = new AbortController();
    const frames: StreamFrame[] = [];
    const response = await open(path, { ...opening, signal: control.signal });
    assert.equal(response.status, 200);
    for await (const frame of readStream(response)) {
      frames.push(frame);
      if (until(frame)) break;
    }
    control.abort();
    return frames;
  }

  /** Starts a reader of all activity, and answers once it listens. */
  async function listen(path: string, opening: Opening = {}) {
    const control = new AbortController();
    const response = await open(path, { ...opening, signal: control.signal });
    const frames: StreamFrame[] = [];
    const done = (async () => {
      for await (const frame of readStream(response)) frames.push(frame);
    })().catch(() => undefined);
    return {
      response,
      frames,
      done,
      stop: () => control.abort(),
    };
  }

  const sequences = async (runId: string) =>
    (await readRunLog(hookloom.db, runId, { limit: 10_000 })).map((event) => String(event.sequence));

  describe('of a run', () => {
    it('give every event once to readers that join at any time, then end', async () => {
      const runId = await start();
      const path = `/v1/runs/${runId}/stream`;
      const early = await read(path, () => false);
      const late = await read(path, () => false);
      assert.deepEqual(
        early.map((frame) => frame.id),
        [...(await sequences(runId)), undefined],
      );
      assert.equal(early.at(-1)?.event, 'end');
      assert.deepEqual(late, early);
    });

    it('have the headers that keep proxies from holding them back, and say how soon to come back', async () => {
      const response = await open(`/v1/runs/${await start()}/stream`);
      const of = (name: string) => response.headers.get(name);
      assert.deepEqual(['content-type', 'cache-control', 'x-accel-buffering', 'content-encoding'].map(of), [
        'text/event-stream',
        'no-store',
        'no',
        null,
      ]);
      assert.match(await text(response.body as never), /^retry: 1000\n\n/);
    });

    it('give each of 300 events once to a reader that comes back at every one, at two processes of which one dies', async () => {
      const others = [await hookloom.startApi(), await hookloom.startApi()];
      const [dying] = others;
      const urls = others.map(({ url }) => url);
      const runId = await start(100);
      const path = `/v1/runs/${runId}/stream`;
      const seen: string[] = [];
      for (let isOver = false; !isOver;) {
        if (seen.length === 150) {
          await dying?.kill();
          urls.shift();
        }
        const url = urls[seen.length % urls.length] as string;
        const [frame] = await read(path, () => true, { url, last: seen.at(-1) });
        isOver = frame === undefined || frame.event === 'end';
        if (!isOver) seen.push(frame?.id ?? 'none');
      }
      assert.ok(seen.length >= 300, `${seen.length} events`);
      assert.deepEqual(seen, await sequences(runId));
      await checkLog(hookloom.db, runId);
      await others[1]?.stop();
    });

    it('end at once for a reader that has everything', async () => {
      const runId = await start();
      await hookloom.runEnd(runId);
      const last = (await sequences(runId)).at(-1);
      for (const opening of [{ last }, { last: '100000' }]) {
        const frames = await read(`/v1/runs/${runId}/stream`, () => false, opening);
        assert.deepEqual(
          frames.map((frame) => frame.event),
          ['end'],
        );
      }
    });

    it('go by what the reader says itself rather than by its address', async () => {
      const runId = await start();
      await hookloom.runEnd(runId);
      const path = `/v1/runs/${runId}/stream?after=2`;
      assert.equal((await read(path, () => true))[0]?.id, '3');
      assert.equal((await read(path, () => true, { last: '5' }))[0]?.id, '6');
      assert.equal((await open(path, { last: 'evt_x' })).status, 400);
    });

    it('of which one is an execution end with its outcome', async () => {
      const run = await hookloom.runEnd(await start());
      const { body: page } = await hookloom.call('GET', `/v1/runs/${run.id}/executions?parent=each[1]`);
      const [execution] = page.items;
      const path = `/v1/executions/${execution.id}`;
      const frames = await read(`${path}/stream`, () => false);
      assert.deepEqual(
        frames.map((frame) => frame.event),
        ['node.scheduled', 'node.started', 'node.succeeded', 'end'],
      );
      const rest = await read(`${path}/stream`, () => false, { last: frames[1]?.id });
      assert.deepEqual(rest, frames.slice(2));
      assert.deepEqual(
        (await read(`${path}/stream`, () => false, { last: frames[2]?.id })).map((frame) => frame.event),
        ['end'],
      );
      const { body } = await hookloom.call('GET', path);
      assert.equal(body.attempts.length, 1);
    });
  });

  describe('of all activity', () => {
    it('start at now and choose by workflow, types and status', async () => {
      const other = await hookloom.publish({
        nodes: {
          root: { type: 'webhook', children: ['stop'] },
          stop: { type: 'fail', payload: { type: 'broken', message: 'no' } },
        },
      });
      const third = await hookloom.publish(loop({ type: 'log', payload: { message: 'x' } }));
      await hookloom.runEnd(await start());
      const two = `workflowId=${workflow.id}&workflowId=${other.id}`;
      const readers = {
        runs: await listen('/v1/activity/stream?types=run.*'),
        failed: await listen('/v1/activity/stream?status=failure'),
        ofTwo: await listen(`/v1/activity/stream?types=run.queued,run.failed&${two}`),
        ofOne: await listen(`/v1/workflows/${third.id}/runs/stream?types=run.*`),
        all: await listen('/v1/activity/stream'),
      };
      const urls = [workflow.webhookUrl, other.webhookUrl, third.webhookUrl];
      const runIds: string[] = [];
      for (const url of urls) runIds.push(await start(2, url));
      for (const runId of runIds) await hookloom.runEnd(runId);
      const logs = await Promise.all(runIds.map((runId) => readRunLog(hookloom.db, runId)));
      const events = logs.flat();
      await eventually(() => assert.equal(readers.all.frames.length, events.length));
      const idsOf = (frames: StreamFrame[]) => frames.map((frame) => JSON.parse(frame.data).id).sort();
      const expected = (wanted: (event: (typeof events)[number]) => boolean) =>
        events
          .filter(wanted)
          .map((event) => event._id)
          .sort();
      assert.deepEqual(
        idsOf(readers.all.frames),
        expected(() => true),
      );
      assert.deepEqual(
        idsOf(readers.runs.frames),
        expected(({ type }) => type.startsWith('run.')),
      );
      assert.deepEqual(
        idsOf(readers.failed.frames),
        expected(({ status }) => status === 'failure'),
      );
      assert.deepEqual(
        idsOf(readers.ofTwo.frames),
        expected(
          ({ type, workflowId }) => ['run.queued', 'run.failed'].includes(type) && workflowId !== third.id,
        ),
      );
      assert.deepEqual(
        idsOf(readers.ofOne.frames),
        expected(({ type, workflowId }) => type.startsWith('run.') && workflowId === third.id),
      );
      assert.ok(readers.failed.frames.length > 0 && readers.ofOne.frames.length > 0);
      for (const reader of Object.values(readers)) reader.stop();
      assert.equal((await open('/v1/activity/stream?types=nonsense')).status, 400);
    });

    it('go on at another process after every event, none lost and none twice', async () => {
      const second = await hookloom.startApi();
      const urls = [hookloom.url, second.url];
      const first = await listen('/v1/activity/stream');
      const runIds = [await start(5), await start(5)];
      await eventually(() => assert.ok(first.frames.length > 0));
      first.stop();
      const [begin] = first.frames as [StreamFrame];
      const seen = [begin];
      const ends = () => seen.filter((frame) => frame.event === 'run.succeeded').length;
      while (ends() < 2) {
        const url = urls[seen.length % 2] as string;
        const frames = await read('/v1/activity/stream', () => true, { url, last: seen.at(-1)?.id });
        seen.push(frames[0] as StreamFrame);
      }
      const logs = await Promise.all(runIds.map((runId) => readRunLog(hookloom.db, runId)));
      const ids = seen.map((frame) => JSON.parse(frame.data).id as string);
      assert.deepEqual(
        [...ids].sort(),
        logs
          .flat()
          .map((event) => event._id)
          .sort(),
      );
      for (const log of logs) {
        const inOrder = ids.filter((id) => log.some((event) => event._id === id));
        assert.deepEqual(
          inOrder,
          log.map((event) => event._id),
        );
      }
      await second.stop();
    });

    it('give a cursor before the first event, so that nothing is lost to who breaks off before it', async () => {
      const response = await open('/v1/activity/stream?types=run.succeeded');
      const reader = response.body?.getReader();
      const chunk = Buffer.from((await reader?.read())?.value ?? []).toString();
      const [, cursor = ''] = /^retry: 1000\nid: (\S+)\n\n/.exec(chunk) ?? [];
      await reader?.cancel();
      const runId = await start();
      await hookloom.runEnd(runId);
      const [frame] = await read('/v1/activity/stream?types=run.succeeded', () => true, { last: cursor });
      assert.equal(JSON.parse(frame?.data ?? '{}').data.runId, runId);
    });

    it('are reset when their cursor is too old or none at all, with the way to fill the gap', async () => {
      const before = await hookloom.runEnd(await start());
      const [known] = await (async () => {
        const reader = await listen('/v1/activity/stream');
        await hookloom.runEnd(await start());
        await eventually(() => assert.ok(reader.frames.length > 0));
        reader.stop();
        return reader.frames as [StreamFrame];
      })();
      // The same cursor, of 1970: the database cannot have its history any more.
      const cursor = JSON.parse(Buffer.from(known.id ?? '', 'base64url').toString());
      cursor.token._data = `8200000001${cursor.token._data.slice(10)}`;
      const old = Buffer.from(JSON.stringify(cursor)).toString('base64url');
      for (const last of [old, 'bm90IGEgY3Vyc29y', '%%%']) {
        const path = `/v1/activity/stream?types=run.*&workflowId=${workflow.id}`;
        const reader = await listen(path, { last });
        await eventually(() => assert.equal(reader.frames[0]?.event, 'reset'));
        const runId = await start();
        await eventually(() => assert.ok(reader.frames.some((frame) => frame.event === 'run.succeeded')));
        reader.stop();
        const [reset, ...live] = reader.frames as [StreamFrame, ...StreamFrame[]];
        const { since, until, read: address } = JSON.parse(reset.data);
        assert.ok(Date.parse(since) <= Date.parse(before.createdAt) && since < until);
        const page = await eventually(async () => {
          const { body } = await hookloom.call('GET', `${address}&limit=100`);
          assert.ok(body.items.some((event: any) => event.data.runId === before.id));
          return body;
        }, 20_000);
        assert.ok(page.items.every((event: any) => event.type.startsWith('run.')));
        assert.ok(live.every((frame) => JSON.parse(frame.data).data.runId === runId));
      }
    });
  });

  it('let a slow reader go past 1 MiB, who then comes back and has missed nothing', async () => {
    const large = await hookloom.publish(
      loop({ type: 'set', payload: { values: { text: 'x'.repeat(60_000) } } }),
    );
    const readers: Record<string, Awaited<ReturnType<typeof openSlowly>>> = {};
    readers['/v1/activity/stream'] = await openSlowly('/v1/activity/stream');
    const runId = await start(160, large.webhookUrl);
    const path = `/v1/runs/${runId}/stream`;
    readers[path] = await openSlowly(path);
    await hookloom.runEnd(runId, 120_000);
    const log = await sequences(runId);
    for (const [address, slow] of Object.entries(readers)) {
      const frames = await slow.readOn();
      assert.equal(frames.at(-1)?.event, 'overflow', address);
      const got = frames.slice(0, -1);
      assert.ok(got.length < log.length);
      const rest = await read(address, (frame) => isEnd(frame) || frame.event === 'run.succeeded', {
        last: got.at(-1)?.id,
      });
      const all = [...got, ...rest].filter((frame) => !isEnd(frame));
      assert.deepEqual(
        all.map((frame) => String(JSON.parse(frame.data).data.sequence)),
        log,
        address,
      );
    }
    // Who comes late reads a log of any length at the own pace.
    const late = await read(path, isEnd);
    assert.equal(late.length, log.length + 1);
  });

  /** Opens a stream over a socket that takes nothing until it is told to. */
  async function openSlowly(path: string) {
    const { hostname, port } = new URL(hookloom.url);
    const socket = connect({ host: hostname, port: Number(port) });
    socket.write(
      `GET ${path} HTTP/1.0\r\nHost: ${hostname}\r\nAuthorization: Bearer ${hookloom.key}\r\n\r\n`,
    );
    await new Promise((resolve) => socket.once('readable', resolve));
    return {
      async readOn(): Promise<StreamFrame[]> {
        const answer = await text(socket);
        const body = answer.slice(answer.indexOf('\r\n\r\n') + 4);
        const frames: StreamFrame[] = [];
        for await (const frame of readStream(new Response(body))) frames.push(frame);
        return frames;
      },
    };
  }

  it('cost one change stream in the process, also a thousand of them', async () => {
    const cursors = async () => {
      const stages = [
        { $currentOp: { allUsers: true, idleCursors: true } },
        { $match: { ns: `${hookloom.db.databaseName}.appends`, cursor: { $exists: true } } },
      ];
      const admin = hookloom.db.client.db('admin');
      return (await admin.aggregate(stages, { readConcern: { level: 'local' } }).toArray()).length;
    };
    const control = new AbortController();
    const runId = await start();
    await hookloom.runEnd(runId);
    const paths = ['/v1/activity/stream', `/v1/workflows/${workflow.id}/runs/stream`];
    const ends: Promise<unknown>[] = [];
    for (let opened = 0; opened < 1_000; opened += 50) {
      const group = Array.from({ length: 50 }, (_, index) =>
        open(paths[index % 2] as string, { signal: control.signal }),
      );
      for (const response of await Promise.all(group)) {
        const frames = readStream(response);
        ends.push(
          (async () => {
            for await (const frame of frames) if (frame.event === 'run.succeeded') return frame.id;
            return undefined;
          })().catch(() => undefined),
        );
      }
    }
    assert.equal(await cursors(), 1);
    await start();
    const ids = await Promise.all(ends);
    assert.equal(new Set(ids).size, 1);
    assert.ok(ids[0] !== undefined);
    assert.equal(await cursors(), 1);
    control.abort();
  });

  it('end soon after their key was revoked', async () => {
    const keys = hookloom.db.collection<{ _id: string; revokedAt: Date | null }>('apiKeys');
    const [organization] = await hookloom.db.collection<{ _id: string }>('organizations').find().toArray();
    const { key, text: secret } = await createApiKey(hookloom.db, {
      organizationId: organization?._id ?? '',
      name: 'short-lived',
      scopes: ['read'],
    });
    const doomed = await listen('/v1/activity/stream', { key: secret });
    const other = await listen('/v1/activity/stream');
    await keys.updateOne({ _id: key._id }, { $set: { revokedAt: new Date() } });
    await doomed.done;
    assert.deepEqual(
      doomed.frames.map((frame) => frame.event),
      ['unauthorized'],
    );
    const runId = await start();
    await eventually(() => assert.ok(other.frames.some((frame) => frame.data.includes(runId))));
    other.stop();
  });

  it('end in order when the process is told to stop, which then ends soon', async () => {
    const api = await hookloom.startApi();
    const waiting = await hookloom.publish({
      nodes: { root: { type: 'webhook', children: ['ask'] }, ask: { type: 'wait', payload: {} } },
    });
    const runId = await start(0, waiting.webhookUrl);
    const readers = [
      await listen('/v1/activity/stream', { url: api.url }),
      await listen(`/v1/runs/${runId}/stream`, { url: api.url }),
    ];
    await eventually(() => assert.ok(readers[1]?.frames.some((frame) => frame.event === 'run.waiting')));
    const from = Date.now();
    await api.stop();
    assert.equal(api.child.exitCode, 0);
    assert.ok(Date.now() - from < 10_000, `${Date.now() - from} ms`);
    for (const reader of readers) {
      await reader.done;
      assert.equal(reader.frames.at(-1)?.event, 'shutdown');
    }
  });

  it('are kept open by a comment every 15 seconds', async () => {
    const response = await open('/v1/activity/stream?types=run.failed');
    const from = Date.now();
    let answer = '';
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      answer += Buffer.from(chunk).toString();
      if (answer.includes(': heartbeat\n')) break;
    }
    const waited = Date.now() - from;
    assert.ok(waited > 13_000 && waited < 30_000, `${waited} ms`);
  });
});
