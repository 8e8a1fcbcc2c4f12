/**
 * A process that appends to one run: `tsx appender.ts <database> <run> <name> <appends> <at a time>`. It says `ready`, begins
 * when something is written to it, and ends with `<appends per second>`.
 */
import { once } from 'node:events';
import type { Fact } from '../../src/engine/log/facts.ts';
import { connectDatabase } from '../../src/store/mongo/database.ts';
import { createRunLog } from '../../src/store/log/run-log.ts';

const [database = '', runId = '', name = '', appends = '0', atATime = '1'] = process.argv.slice(2);
const { db, client, close } = await connectDatabase(process.env['MONGODB_URL'] as string, database);
const log = createRunLog({ db, client });

/** The start of an attempt at a path. */
function factAt(path: string): Fact {
  const node = { path, nodeId: 'n', nodeType: 'log' };
  return { kind: 'attempt', key: path, at: new Date().toISOString(), node };
}

/** Each append has a fact of this process's own, and one that every process reports. */
async function writer(first: number): Promise<void> {
  for (let index = first; index < Number(appends); index += Number(atATime))
    await log.append(runId, [factAt(`${name}_${index}`), factAt(`shared_${index}`)]);
}

process.stdout.write('ready\n');
await once(process.stdin, 'data');
process.stdin.destroy();
const from = performance.now();
await Promise.all(Array.from({ length: Number(atATime) }, (_, index) => writer(index)));
process.stdout.write(`${(Number(appends) / (performance.now() - from)) * 1_000}\n`);
await log.flush();
await close();
