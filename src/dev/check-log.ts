/** `npm run check:log`: tells everything that does not hold in a database's logs; `--repair` mends what is derived. */
import { parseArgs } from 'node:util';
import { loadConfig } from '../config.ts';
import { checkRun } from '../store/upkeep/check-run.ts';
import { connectDatabase } from '../store/mongo/database.ts';
import { everyRunId } from '../store/upkeep/every-run.ts';
import { repairRun } from '../store/upkeep/repair-run.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { repair: { type: 'boolean' }, run: { type: 'string' } } });
  const config = loadConfig();
  if (config.MONGODB_URL === undefined) throw new Error('MONGODB_URL: expected the database to check');
  const { db, client, close } = await connectDatabase(config.MONGODB_URL, config.MONGODB_DB);
  try {
    const counts = { runs: 0, wrong: 0, repaired: 0 };
    for await (const runId of values.run === undefined ? everyRunId(db) : [values.run]) {
      counts.runs += 1;
      const checked = await checkRun(db, runId);
      if (checked.problems.length === 0) continue;
      counts.wrong += 1;
      for (const problem of checked.problems) say(`${runId}: ${problem}`);
      if (!values.repair) continue;
      const isRepaired =
        (await repairRun({ mongo: client, db }, checked)) &&
        (await checkRun(db, runId)).problems.length === 0;
      counts.repaired += Number(isRepaired);
      say(`${runId}: ${isRepaired ? 'repaired' : 'NOT repaired: its log itself is wrong, or it goes on'}`);
    }
    say(`${counts.runs} runs, ${counts.wrong} wrong, ${counts.repaired} repaired`);
    return counts.wrong - counts.repaired;
  } finally {
    await close();
  }
}

main().then(
  (wrong) => process.exit(wrong > 0 ? 1 : 0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
