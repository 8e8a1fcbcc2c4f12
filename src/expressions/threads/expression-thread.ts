/** The entry of an evaluation thread: takes jobs, evaluates their expressions one by one, says what it is at. */
import { parentPort, workerData } from 'node:worker_threads';
import { matchText } from '../evaluate/match-text.ts';
import { resultText } from '../evaluate/measure-result.ts';
import { failureOf, runJsonata } from '../evaluate/run-jsonata.ts';
import type {
  ExpressionJob,
  SearchJob,
  ThreadAnswer,
  ThreadExpression,
  ThreadJob,
} from './thread-messages.ts';
import { expressionLimits } from '../evaluate/limits.ts';
import { ThreadCells } from './thread-cells.ts';
import type { ThreadMessage } from './thread-pool.ts';
import type { TimeBound } from './thread-time.ts';

const cells = new ThreadCells((workerData as { shared: SharedArrayBuffer }).shared);

async function runJob(job: ThreadJob): Promise<ThreadAnswer> {
  const results: (string | null)[] = [];
  for (const [index, { run, secret }] of partsOf(job).entries()) {
    try {
      results.push(await run());
    } catch (error) {
      return { failure: { index, ...failureOf(error, secret) } };
    } finally {
      cells.end();
    }
  }
  return { results };
}

interface Part {
  run: () => string | null | Promise<string | null>;
  secret: boolean;
}

function partsOf(job: ThreadJob): Part[] {
  if ('search' in job) return [{ run: () => runSearch(job), secret: false }];
  return job.expressions.map((expression, index) => {
    return { run: () => runOne(job, expression, index), secret: expression.secret };
  });
}

function runSearch({ search }: SearchJob): string {
  startTime(0);
  return JSON.stringify(matchText(search));
}

async function runOne(
  job: ExpressionJob,
  expression: ThreadExpression,
  index: number,
): Promise<string | null> {
  // Parsed anew for each expression: JSONata leaves marks on the arrays it meets.
  const values = valuesOf(job, expression);
  const time = startTime(index);
  return resultText(await runJsonata(expression.text, values, { ...job, time }));
}

function startTime(index: number): TimeBound {
  return cells.begin(index, expressionLimits.timeMs);
}

/** Builds each variable out of the places that are read. Objects without prototype hold any name safely. */
function valuesOf(job: ExpressionJob, { reads }: ThreadExpression): Record<string, unknown> {
  const values = Object.create(null) as Record<string, unknown>;
  for (const { path, value } of reads) {
    let at = values;
    for (const name of path.slice(0, -1)) {
      at[name] ??= Object.create(null) as Record<string, unknown>;
      at = at[name] as Record<string, unknown>;
    }
    const last = path.at(-1);
    if (last !== undefined) at[last] = JSON.parse(job.values[value] ?? 'null') as unknown;
  }
  return values;
}

/** Loads and compiles what every expression needs, so that the first one has its whole time. */
async function warmUp(): Promise<void> {
  const text = '$sum([1..3].($ * 2)) & $string({"a": $uppercase("x")}) & $join($match("ab", /b/).match)';
  for (let round = 0; round < 20; round += 1) {
    resultText(
      await runJsonata(text, {}, { nowMs: 0, resumeUrls: {}, time: cells.bound(expressionLimits.timeMs) }),
    );
  }
}

function say(message: ThreadMessage<ThreadAnswer>): void {
  parentPort?.postMessage(message);
}

parentPort?.on('message', (job: ThreadJob) => void runJob(job).then((answer) => say({ answer })));
await warmUp();
say('ready');
