import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { createHash } from 'node:crypto';
import { Binary } from 'mongodb';
import type { Collection, Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import type { RecordedValue } from '../../engine/log/facts.ts';
import type { Json } from '../../engine/json/json.ts';
import { wellFormedJson } from '../../engine/json/well-formed.ts';
import type { CollectionIndexes } from '../mongo/indexes.ts';
import { deriveId } from '../mongo/ids.ts';

const zip = promisify(gzip);
const unzip = promisify(gunzip);

/** Largest value that stands in its event and record itself, in bytes of compact JSON. */
export const inlineLimitBytes = 64 * 1024;
/** Largest value at all, in bytes of compact JSON. */
export const valueLimitBytes = 10 * 1024 * 1024;

/** A large value of one run, compressed. Never shared between runs. */
export interface PayloadDocument {
  _id: string;
  runId: string;
  organizationId: string;
  bytes: number;
  gzip: Binary;
  createdAt: Date;
}

export const payloadIndexes: CollectionIndexes = { collection: 'payloads', indexes: [{ key: { runId: 1 } }] };

/** The collection of large values. */
export function payloadsOf(db: Db): Collection<PayloadDocument> {
  return db.collection<PayloadDocument>('payloads');
}

/** A value larger than `valueLimitBytes`. */
export class ValueTooLargeError extends RangeError {
  readonly sizeBytes: number;

  constructor(sizeBytes: number) {
    super(`the value has ${sizeBytes} bytes; at most ${valueLimitBytes} are allowed`);
    this.name = 'ValueTooLargeError';
    this.sizeBytes = sizeBytes;
  }
}

/**
 * Makes a value ready to be recorded: as it is up to 64 KiB, else stored and referred to. Storing the same value for
 * the same run twice keeps one copy. A lone surrogate becomes U+FFFD.
 * @throws ValueTooLargeError past 10 MiB
 */
export async function recordValue(
  db: Db,
  owner: { runId: string; organizationId: string },
  value: Json | undefined,
): Promise<RecordedValue> {
  const json = wellFormedJson(value ?? null);
  const bytes = Buffer.byteLength(json);
  if (bytes > valueLimitBytes) throw new ValueTooLargeError(bytes);
  if (bytes <= inlineLimitBytes) return { json };
  const ref = deriveId('pl', owner.runId, createHash('sha256').update(json).digest('hex'));
  const row = { ...owner, bytes, gzip: new Binary(await zip(json)), createdAt: currentTime() };
  await payloadsOf(db).updateOne({ _id: ref }, { $setOnInsert: row }, { upsert: true });
  return { ref, bytes };
}

/** Makes a recorded value of one run a value of another: a large one is copied. @throws Error when it is missing */
export async function copyValue(
  db: Db,
  fromRunId: string,
  owner: { runId: string; organizationId: string },
  value: RecordedValue,
): Promise<RecordedValue> {
  if ('json' in value) return value;
  const { bytes, gzip: zipped } = await loadPayload(db, fromRunId, value.ref);
  const ref = deriveId('pl', owner.runId, value.ref);
  const copy = { ...owner, bytes, gzip: zipped, createdAt: currentTime() };
  await payloadsOf(db).updateOne({ _id: ref }, { $setOnInsert: copy }, { upsert: true });
  return { ref, bytes };
}

/** Deletes the large values of runs that did not begin: of those only whose transaction is known to have ended without them. */
export async function deletePayloads(db: Db, runIds: readonly string[]): Promise<void> {
  if (runIds.length > 0) await payloadsOf(db).deleteMany({ runId: { $in: [...runIds] } });
}

/** Finds a large value of an organization by its reference; `undefined` when there is none. */
export async function findPayload(db: Db, organizationId: string, ref: string): Promise<Json | undefined> {
  const row = await payloadsOf(db).findOne({ _id: ref, organizationId });
  return row ? unpack(row) : undefined;
}

/** Reads a recorded value of a run back. `undefined` stays `undefined`. */
export async function loadValue(
  db: Db,
  runId: string,
  value: RecordedValue | undefined,
): Promise<Json | undefined> {
  if (!value) return undefined;
  if ('json' in value) return JSON.parse(value.json) as Json;
  return unpack(await loadPayload(db, runId, value.ref));
}

async function loadPayload(db: Db, runId: string, ref: string): Promise<PayloadDocument> {
  const row = await payloadsOf(db).findOne({ _id: ref, runId });
  if (!row) throw new Error(`payload ${ref} of run ${runId} is missing`);
  return row;
}

async function unpack({ gzip: zipped }: PayloadDocument): Promise<Json> {
  return JSON.parse((await unzip(zipped.buffer)).toString('utf8')) as Json;
}
