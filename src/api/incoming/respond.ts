import { validateHeaderName, validateHeaderValue } from 'node:http';
import { AppError } from '../../errors/app-error.ts';
import { isAnswerHeader } from '../../engine/node-types/answer-headers.ts';
import { isFinalRunStatus } from '../../engine/log/event-catalog.ts';
import type { Json, JsonObject } from '../../engine/json/json.ts';
import { readRunLog } from '../../store/log/appends.ts';
import { findExecutions, readRun } from '../../store/log/read-runs.ts';
import { loadValue } from '../../store/log/payloads.ts';
import type { ApiDeps } from '../routing/deps.ts';
import { waitForDecision } from './wait-for-decision.ts';
import type { Answer } from '../routing/route.ts';

/** Longest that a request waits for its run's result, in milliseconds. */
export const resultWaitMs = 25_000;

/**
 * Waits on the run's log until the `output` node has run or the run is over, and answers with that; `undefined` when the
 * time is over first. Any API process can answer, and answers the same whenever it is asked.
 * @throws AppError run-failed that names the run
 */
export async function answerOfRun(
  deps: ApiDeps,
  runId: string,
  signal: AbortSignal,
): Promise<Answer | undefined> {
  const decided = await waitForDecision({
    runId,
    signal,
    hub: deps.events,
    read: (after) => readRunLog(deps.db, runId, { after }),
  });
  if (decided === undefined) return undefined;
  return decided === 'end' ? answerOfEnd(deps, runId) : answerOfOutput(deps, runId, decided.path);
}

async function answerOfOutput(deps: ApiDeps, runId: string, path: string): Promise<Answer> {
  const [execution] = await findExecutions(deps.db, runId, [path]);
  const result = (await loadValue(deps.db, runId, execution?.result)) as JsonObject | undefined;
  const status = Number(result?.['status'] ?? 200);
  const headers = safeHeaders((result?.['headers'] ?? {}) as JsonObject);
  return writeValue(result?.['value'] ?? null, { status, headers, runId });
}

async function answerOfEnd(deps: ApiDeps, runId: string): Promise<Answer> {
  const run = (await readRun(deps.db, runId))?.run;
  if (run && isFinalRunStatus(run.status) && ['success', 'partial'].includes(run.status)) {
    const value = (await loadValue(deps.db, runId, run.output)) ?? null;
    return writeValue(value, { status: 200, headers: {}, runId });
  }
  throw new AppError('run-failed', `Run ${runId} ended as ${run?.status ?? 'unknown'}.`);
}

/**
 * What an author's page may do in a browser: show itself. It is on the origin of the API, and must reach nothing there.
 */
const sandbox =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src https: data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

function writeValue(
  value: Json,
  given: { status: number; headers: Record<string, string>; runId: string },
): Answer {
  const { status, headers, runId } = given;
  const type = headers['content-type'] ?? 'application/json; charset=utf-8';
  const isText = typeof value === 'string' && !/[/+]json\b/i.test(type);
  const hasBody = ![204, 205, 304].includes(status);
  const location = isRedirect(status) ? headers['location'] : undefined;
  return {
    status,
    ...(hasBody ? { body: Buffer.from(isText ? value : JSON.stringify(value)) } : {}),
    headers: {
      ...headers,
      ...(hasBody ? { 'content-type': type } : {}),
      location: location ?? `/v1/runs/${runId}`,
      'content-security-policy': sandbox,
    },
  };
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}

/** The headers of an `output` node that may be sent. A value that cannot be one is left out. */
function safeHeaders(given: JsonObject): Record<string, string> {
  const entries = Object.entries(given).flatMap(([name, value]): [string, string][] => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return isSafe(name.toLowerCase(), text) ? [[name.toLowerCase(), text]] : [];
  });
  return Object.fromEntries(entries);
}

function isSafe(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return isAnswerHeader(name);
  } catch {
    return false;
  }
}
