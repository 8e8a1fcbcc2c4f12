/**
 * A process that appends to a run and is killed in the middle: `node crasher.mjs <database> <run> <step>`. Steps are the
 * writes that it sends to MongoDB, counted from 1: half a step is the moment before the next one is sent. It says `done`
 * when it comes to its end first.
 */
import process from 'node:process';
import { MongoClient } from 'mongodb';
import { createRunLog } from '../../dist/store/log/run-log.js';

const [database = '', runId = '', step = '0'] = process.argv.slice(2);
const client = await MongoClient.connect(process.env['MONGODB_URL'], { monitorCommands: true });
const writes = ['insert', 'update', 'delete'];
const die = () => process.kill(process.pid, 'SIGKILL');
let sent = 0;
let answered = 0;
client.on('commandStarted', ({ commandName }) => {
  if (!writes.includes(commandName)) return;
  sent += 1;
  if (sent === Number(step) + 0.5) die();
});
client.on('commandSucceeded', ({ commandName }) => {
  if (!writes.includes(commandName)) return;
  answered += 1;
  if (answered === Number(step)) die();
});

const log = createRunLog({ client, db: client.db(database) });
for (const facts of JSON.parse(process.env['FACTS'])) await log.append(runId, facts);
await log.flush();
await client.close();
process.stdout.write('done\n');
