import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedTemporal } from '../../src/embedded/temporal.ts';
import type { EmbeddedTemporal } from '../../src/embedded/temporal.ts';
import { checkLog } from '../support/check-log.ts';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';
import { startReceiver } from '../support/receiver.ts';
import type { Receiver } from '../support/receiver.ts';
import { startReplicaSet } from '../support/replica-set.ts';
import type { ReplicaSet } from '../support/replica-set.ts';
import { countRuns, readEvents } from '../support/read-events.ts';
import { appendsOf } from '../../src/store/log/appends.ts';

type Posted = { status: number; body: any; headers: Headers; tookMs: number };

describe('incoming webhooks during an outage', function () {
  this.timeout(300_000);
  let hookloom: Hookloom | undefined;
  afterEach(async () => {
    await hookloom?.stop();
    hookloom = undefined;
  });

  const post = async (url: string, id: string): Promise<Posted> => {
    const from = performance.now();
    const headers = { 'content-type': 'application/json', 'webhook-id': id };
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ id }) });
    const body = await answer.json();
    return { status: answer.status, body, headers: answer.headers, tookMs: performance.now() - from };
  };
  const ids = (count: number) => Array.from({ length: count }, (_, index) => `msg_${index}`);

  describe('of Temporal', () => {
    let receiver: Receiver;
    let temporal: EmbeddedTemporal;
    let dataDir: string;

    const startTemporal = (port: number) =>
      startEmbeddedTemporal({
        dataDir,
        port,
        uiPort: 0,
        namespace: 'default',
        cacheDir: join(process.cwd(), '.hookloom', 'cache'),
        log: () => {},
      });

    before(async () => {
      receiver = await startReceiver();
      dataDir = await mkdtemp(join(tmpdir(), 'hookloom-temporal-'));
      temporal = await startTemporal(0);
    });
    after(async () => {
      await temporal?.stop();
      await receiver?.stop();
      await rm(dataDir, { recursive: true, force: true });
    });

    it('are accepted, and start once each when it is back', async () => {
      hookloom = await startHookloom({
        TEMPORAL_ADDRESS: temporal.address,
        HOOKLOOM_EGRESS_ALLOW: receiver.host,
      });
      const { id: workflowId, webhookUrl } = await hookloom.publish({
        nodes: {
          root: { type: 'webhook', children: ['call'] },
          call: { type: 'http-request', payload: { url: `${receiver.url}/{{$run.id}}` } },
        },
      });
      const port = Number(temporal.address.split(':')[1]);
      await temporal.stop();
      const answers = await Promise.all(ids(50).map((id) => post(webhookUrl, id)));
      assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([202]));
      const runIds = answers.map(({ body }) => body.runIds[0] as string);
      assert.equal(new Set(runIds).size, 50);
      const again = await post(webhookUrl, 'msg_7');
      assert.deepEqual(again.body.runIds, [runIds[7]]);
      assert.equal(receiver.requests.length, 0);

      temporal = await startTemporal(port);
      for (const runId of runIds) {
        assert.equal((await hookloom.runEnd(runId, 120_000)).status, 'success');
        await checkLog(hookloom.db, runId);
      }
      assert.deepEqual(receiver.requests.map(({ path }) => path.slice(1)).sort(), [...runIds].sort());
      const started = await readEvents(
        hookloom.db,
        (event) => event.workflowId === workflowId && event.type === 'run.started',
      );
      assert.equal(started.length, 50);
      assert.equal(await countRuns(hookloom.db, workflowId), 50);
    });
  });

  describe('of MongoDB', () => {
    let mongo: ReplicaSet;
    let output: () => string;

    beforeEach(async () => {
      mongo = await startReplicaSet(1);
    });
    afterEach(async () => {
      for (const member of mongo.members) member.signal('SIGCONT');
      await hookloom?.stop();
      hookloom = undefined;
      await mongo.stop();
    });

    const start = async () => {
      hookloom = await startHookloom({ MONGODB_URL: mongo.url }, { worker: false, api: false });
      const api = await hookloom.startApi();
      hookloom.url = api.url;
      output = api.output;
      const { id, webhookUrl } = await hookloom.publish({ nodes: { root: { type: 'webhook' } } });
      return { workflowId: id, webhookUrl, db: hookloom.db };
    };

    const assertAway = ({ status, body, headers, tookMs }: Posted) => {
      assert.equal(
        status,
        503,
        output()
          .split('\n')
          .filter((line) => line.includes('"err"'))
          .at(-1),
      );
      assert.equal(headers.get('content-type'), 'application/problem+json');
      assert.equal(body.type, '/problems/store-unavailable');
      assert.match(headers.get('retry-after') ?? '', /^\d+$/);
      assert.ok(tookMs < 15_000, `it took ${tookMs} ms to say that MongoDB is away`);
    };

    it('are refused with 503 while it hangs, nothing is half accepted, and a retry starts one run', async () => {
      const { workflowId, webhookUrl, db } = await start();
      const member = await mongo.primary();
      // Some are answered, some are under way and some come later when it hangs.
      let answered = 0;
      const early = ids(40).map(async (id) => {
        const answer = await post(webhookUrl, id);
        answered += 1;
        if (answered === 5) member.signal('SIGSTOP');
        return answer;
      });
      await eventually(() => answered >= 5, 30_000);
      const late = await post(webhookUrl, 'msg_late');
      assertAway(late);
      const answers = await Promise.all(early);
      for (const answer of answers) if (answer.status !== 202) assertAway(answer);
      member.signal('SIGCONT');

      const everyId = [...ids(40), 'msg_late'];
      const retried = await Promise.all(
        everyId.map((id) =>
          eventually(async () => {
            const answer = await post(webhookUrl, id);
            assert.equal(answer.status, 202);
            return answer;
          }, 60_000),
        ),
      );
      assert.equal(new Set(retried.map(({ body }) => body.runIds[0])).size, everyId.length);
      for (const [index, { status, body }] of answers.entries())
        if (status === 202) assert.deepEqual(retried[index]?.body.runIds, body.runIds);
      // One run, one row that started it and one key for each, whatever its first request was answered.
      const firsts = await appendsOf(db).find({ workflowId, from: 1 }).toArray();
      const runIds = firsts.map(({ runId }) => runId).sort();
      assert.equal(runIds.length, everyId.length);
      assert.deepEqual(firsts.map(({ dedupe }) => dedupe?.runId).sort(), runIds);
      await eventually(async () => {
        const rows = await db.collection('webhookEvents').find({ workflowId, status: 'accepted' }).toArray();
        assert.deepEqual(rows.flatMap((one) => one['runIds'] as string[]).sort(), runIds);
      }, 30_000);
    });

    it('are refused with 503 while it is down, and taken when it is back', async () => {
      const { webhookUrl } = await start();
      const member = await mongo.primary();
      member.signal('SIGKILL');
      assertAway(await post(webhookUrl, 'msg_1'));
      await member.restart();
      const answer = await eventually(async () => {
        const again = await post(webhookUrl, 'msg_1');
        assert.equal(again.status, 202);
        return again;
      }, 60_000);
      assert.equal(answer.body.duplicate, false);
    });
  });
});
