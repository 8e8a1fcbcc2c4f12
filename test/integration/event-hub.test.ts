import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { Db } from 'mongodb';
import { createLogger } from '../../src/log.ts';
import { connectDatabase, ensureIndexes } from '../../src/store/mongo/database.ts';
import type { Database } from '../../src/store/mongo/database.ts';
import { createEventHub, maxCatchUps } from '../../src/store/live/event-hub.ts';
import type { EventHub } from '../../src/store/live/event-hub.ts';
import { appendsOf, readRunLog } from '../../src/store/log/appends.ts';
import type { AppendDocument } from '../../src/store/log/appends.ts';
import type { EventDocument } from '../../src/store/log/events.ts';
import { eventually } from '../support/eventually.ts';
import { startReplicaSet } from '../support/replica-set.ts';
import type { ReplicaSet } from '../support/replica-set.ts';
import { appendOf } from '../support/read-events.ts';

const organizationId = 'org_hub';

function append(sequence: number, runId = 'run_hub'): AppendDocument {
  const at = new Date();
  const place = { runId, sequence, organizationId, workflowId: 'wf_hub' };
  return appendOf({ _id: `evt_${runId}_${sequence}`, type: 'node.log', recordedAt: at, ...place });
}

/** The cursors of change streams of appends. */
async function openCursors({ client }: Database): Promise<{ cursor: { cursorId: bigint } }[]> {
  const stages = [
    { $currentOp: { allUsers: true, idleCursors: true } },
    { $match: { ns: 'hub.appends', 'cursor.tailable': true } },
  ];
  const admin = client.db('admin');
  return (await admin.aggregate(stages, { readConcern: { level: 'local' } }).toArray()) as never;
}

describe('the event hub', function () {
  this.timeout(240_000);
  let set: ReplicaSet;
  let database: Database;
  let db: Db;
  let hub: EventHub;
  let written = 0;
  const told: number[] = [];
  const gaps: string[] = [];

  before(async () => {
    set = await startReplicaSet();
    await set.primary();
    database = await connectDatabase(set.url, 'hub');
    db = database.db;
    await ensureIndexes(db);
    hub = createEventHub(db, createLogger('silent', 'test'));
    await hub.ready();
    hub.listenToOrganization(organizationId, {
      onEvent: ({ sequence }) => void told.push(sequence),
      onGap: ({ order }) => void gaps.push(order),
    });
  });
  after(async () => {
    await hub?.close();
    await database?.close();
    await set?.stop();
  });

  /** Writes events, whatever happens to the primary meanwhile. */
  async function write(count: number): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      written += 1;
      const row = append(written);
      await eventually(() => appendsOf(db).replaceOne({ _id: row._id }, row, { upsert: true }), 60_000);
    }
  }
  const heard = () => eventually(() => assert.equal(told.at(-1), written), 60_000);
  const everything = () => Array.from({ length: written }, (_, index) => index + 1);

  const cursors = () => openCursors(database);

  it('tells every event once while its cursor is killed', async () => {
    await write(5);
    await heard();
    const killed: unknown[] = [];
    for (let round = 0; round < 3; round += 1) {
      const [found] = await eventually(async () => {
        const open = await cursors();
        assert.ok(open.length > 0);
        return open;
      });
      killed.push(found?.cursor.cursorId);
      await db.command({ killCursors: 'appends', cursors: [found?.cursor.cursorId] });
      await write(5);
      await heard();
    }
    assert.equal(new Set(killed.map(String)).size, 3, 'another cursor each time');
    assert.deepEqual(told, everything());
    assert.deepEqual(gaps, []);
  });

  it('tells every event once across a step-down and the death of the primary', async () => {
    const writing = write(60);
    await set.stepDown();
    await writing;
    const more = write(60);
    const primary = await set.primary();
    primary.signal('SIGKILL');
    await more;
    await primary.restart();
    await write(5);
    await heard();
    assert.deepEqual(told, everything());
    assert.deepEqual(gaps, []);
  });

  it('opens no more than a few change streams, however many come back at once', async () => {
    const from = hub.position();
    await write(3);
    await heard();
    let letGo = () => {};
    const gate = new Promise<void>((resolve) => (letGo = resolve));
    const read: number[][] = [];
    const readers = Array.from({ length: maxCatchUps * 3 }, async (_, index) => {
      const own: number[] = (read[index] = []);
      const onEvent = async ({ sequence }: EventDocument) => {
        own.push(sequence);
        await gate;
        return true;
      };
      const hasMet = () => own.length === 3;
      const { signal } = new AbortController();
      return hub.readSince({ organizationId, after: from, signal, onEvent, hasMet });
    });
    const openOnes = async () => (await cursors()).length;
    await eventually(() => assert.equal(read.filter((own) => own.length > 0).length, maxCatchUps), 60_000);
    // One is the feed's own.
    assert.ok((await openOnes()) <= maxCatchUps + 1);
    letGo();
    assert.deepEqual(new Set(await Promise.all(readers)), new Set(['met']));
    for (const own of read) assert.deepEqual(own, everything().slice(-3));
    await eventually(async () => assert.ok((await openOnes()) <= 1), 60_000);
  });

  it('tells a gap, with the place before it, when its history is lost', async () => {
    const before = hub.position();
    await appendsOf(db).drop();
    await ensureIndexes(db);
    await eventually(() => assert.equal(gaps.length, 1), 60_000);
    assert.ok((gaps[0] ?? '') >= before.order);
    const from = told.length;
    written += 100;
    await write(3);
    await heard();
    assert.deepEqual(told.slice(from), [written - 2, written - 1, written]);
    assert.equal(gaps.length, 1);
  });

  it('opens once MongoDB is there, when it is away at first', async () => {
    const single = await startReplicaSet(1);
    const [member] = single.members;
    await single.primary();
    const away = await connectDatabase(single.url, 'hub');
    const late = createEventHub(away.db, createLogger('silent', 'test'));
    try {
      member?.signal('SIGKILL');
      await assert.rejects(late.ready(), { code: 'store-unavailable' });
      await member?.restart();
      await eventually(() => late.ready(), 60_000);
      const sequences: number[] = [];
      late.listenToRun('run_hub', {
        onEvent: ({ sequence }) => void sequences.push(sequence),
        onGap: () => assert.fail('there is no gap'),
      });
      await eventually(
        () =>
          appendsOf(away.db)
            .insertOne(append(1))
            .then(() => true),
        60_000,
      );
      await eventually(() => assert.deepEqual(sequences, [1]), 60_000);
    } finally {
      await late.close();
      await away.close();
      await single.stop();
    }
  });
});

describe('an event hub of a server alone', function () {
  this.timeout(120_000);
  let set: ReplicaSet;
  let database: Database;
  let hub: EventHub;

  before(async () => {
    set = await startReplicaSet(1);
    await set.primary();
    database = await connectDatabase(set.url, 'hub');
    await ensureIndexes(database.db);
  });
  afterEach(() => hub?.close());
  after(async () => {
    await database?.close();
    await set?.stop();
  });

  it('tells events that are being written when it opens: they have their time and cannot be read yet', async () => {
    const { db, client } = database;
    const admin = client.db('admin');
    const holdInserts = (mode: 'alwaysOn' | 'off') =>
      admin.command({
        configureFailPoint: 'hangAfterCollectionInserts',
        mode,
        data: { collectionNS: appendsOf(db).namespace },
      });
    await appendsOf(db).insertOne(append(1));
    await holdInserts('alwaysOn');
    const writing = appendsOf(db).insertMany([append(2), append(3)]);
    await admin.command({
      waitForFailPoint: 'hangAfterCollectionInserts',
      timesEntered: 1,
      maxTimeMS: 30_000,
    });
    // What others write moves the cluster's time on; it is not the majority's before the write that is held.
    await db.collection('others').insertOne({}, { writeConcern: { w: 1 } });
    hub = createEventHub(db, createLogger('silent', 'test'));
    await hub.ready();
    const told: number[] = [];
    hub.listenToRun('run_hub', {
      onEvent: ({ sequence }) => void told.push(sequence),
      onGap: () => void told.push(-1),
    });
    const read = (await readRunLog(db, 'run_hub')).map(({ sequence }) => sequence);
    assert.deepEqual(read, [1], 'the write is not held');
    await holdInserts('off');
    await writing;
    await appendsOf(db).insertOne(append(4));
    await eventually(() => assert.equal(told.at(-1), 4), 30_000);
    assert.deepEqual(told, [2, 3, 4]);
  });

  it('closes its change stream, and tells everything again once somebody listens', async () => {
    hub = createEventHub(database.db, createLogger('silent', 'test'), { restMs: 100 });
    for (const sequence of [1, 2]) {
      const told: number[] = [];
      await hub.ready();
      const leave = hub.listenToRun('run_rest', {
        onEvent: (event) => void told.push(event.sequence),
        onGap: () => void told.push(-1),
      });
      // Longer than it would be open without somebody.
      await delay(300);
      assert.equal((await openCursors(database)).length, 1);
      await appendsOf(database.db).insertOne(append(sequence, 'run_rest'));
      await eventually(() => assert.deepEqual(told, [sequence]), 30_000);
      leave();
      await eventually(async () => assert.equal((await openCursors(database)).length, 0), 30_000);
    }
  });
});
