/** Resolves payloads: plain paths here, everything else in threads that an attack cannot leave. */
import { maskDifference } from '../parse/confidential.ts';
import { pointerTo } from '../../engine/definition/definition.ts';
import type { Json } from '../../engine/json/json.ts';
import { parseWellFormed } from '../../engine/json/well-formed.ts';
import { environmentOf, readsOf } from './bindings.ts';
import type { Bindings } from './bindings.ts';
import { ExpressionError } from './expression-error.ts';
import { expressionLimits } from './limits.ts';
import type { Found, TextSearch } from './match-text.ts';
import { parseExpression } from '../parse/parse-expression.ts';
import type { ParsedExpression } from '../parse/parse-expression.ts';
import { evaluatePlan, needsThread } from '../parse/plain-path.ts';
import type { Environment } from '../parse/plain-path.ts';
import { isTemplateText, splitText } from '../parse/split-text.ts';
import type { ExpressionJob } from '../threads/thread-messages.ts';
import { createExpressionPool } from '../threads/expression-pool.ts';
import type { ExpressionPool } from '../threads/expression-pool.ts';
import type { RunOptions } from '../threads/thread-pool.ts';
import { totalSize } from './total-size.ts';

export type { Bindings } from './bindings.ts';

/** How a payload is resolved. */
export interface ResolveOptions {
  /** A missing value fails with `expression_missing_value` instead of being `null`. */
  strict?: boolean;
  /** Where a missing value is `null` also with `strict`, by the pointer of the text that holds the expression. */
  lenient?: (pointer: string) => boolean;
  /**
   * Where a list is expected, by pointer: JSONata gives one match without its brackets and no match as nothing, so that an
   * expression which is more than a plain path gives a list of one or none there.
   */
  lists?: (pointer: string) => boolean;
  /** When the attempt started: what `$now()` and `$millis()` give. */
  now: Date;
  /** Whose expressions they are: owners take turns at the threads. */
  owner?: string;
  /** Gives up what has not been evaluated. */
  signal?: AbortSignal;
  /** Whether to leave a part of the payload as it is, by its pointer; asked for every part, outermost first. */
  skip?: (pointer: string) => boolean;
}

/** Evaluates expressions. */
export interface Evaluator {
  /**
   * Returns the payload with its expressions replaced by their values; the payload itself is not changed.
   * @throws ExpressionError of the first expression that fails, in the payload's order among those of one kind
   */
  resolve(payload: Json, bindings: Bindings, options: ResolveOptions): Promise<Json>;
  /**
   * As `resolve`, for a payload that names secrets; tells besides what of it came of them.
   * @param decoys the same bindings, with other secrets: what they change came of the secrets
   */
  resolveConfidential(
    payload: Json,
    bindings: Bindings,
    options: ResolveOptions & { decoys: Bindings },
  ): Promise<Confidential>;
  /** Evaluates one expression, with or without its braces. @throws ExpressionError with the pointer '' */
  evaluate(expression: string, bindings: Bindings, options: ResolveOptions): Promise<Json>;
  /** Searches in a text, within the bounds of an expression. @throws ExpressionError */
  match(search: TextSearch, turn?: Pick<ResolveOptions, 'owner' | 'signal'>): Promise<Found>;
  /** Ends the threads. */
  close(): Promise<void>;
}

/** A resolved payload that holds secrets. */
export interface Confidential {
  payload: Json;
  /** The payload as it may be recorded: what came of secrets is replaced. */
  shown: Json;
  /** The texts in the payload that came of secrets. */
  secrets: string[];
}

/** One expression of a payload, with its value once it has one. */
interface Task {
  parsed: ParsedExpression;
  pointer: string;
  value?: Json | undefined;
  /** The value as it may be recorded, for an expression that reads secrets. */
  shown?: Json | undefined;
}

/** Builds a payload out of the values of its expressions. */
type Build = (valueOf: (task: Task) => Json | undefined) => Json;

interface Resolving {
  tasks: Task[];
  options: ResolveOptions;
}

/** Creates an evaluator and starts its threads. `threads` defaults to two, so that one is there while another is replaced. */
export function createEvaluator(options: { threads?: number } = {}): Evaluator {
  const pool = createExpressionPool(options.threads ?? 2);
  const resolve: Evaluator['resolve'] = async (payload, bindings, given) => {
    const resolving: Resolving = { tasks: [], options: given };
    const build = plan(payload, '', resolving);
    await evaluateTasks(resolving, bindings, pool);
    return build(({ value }) => value);
  };
  return {
    resolve,
    async resolveConfidential(payload, bindings, { decoys, ...given }) {
      const resolving: Resolving = { tasks: [], options: given };
      const build = plan(payload, '', resolving);
      await evaluateTasks(resolving, bindings, pool);
      const secrets = await maskTasks(resolving, decoys, pool);
      const shownOf = (task: Task) => ('shown' in task ? task.shown : task.value);
      return { payload: build(({ value }) => value), shown: build(shownOf), secrets };
    },
    evaluate: (expression, bindings, given) =>
      resolve(expression.trim().startsWith('{{') ? expression.trim() : `{{${expression}}}`, bindings, given),
    async match(search, turn = {}) {
      const answer = await pool.run({ search }, turnOf(turn));
      if ('results' in answer) return parseWellFormed(answer.results[0] ?? '[]') as Found;
      const { type, message } = answer.failure;
      throw new ExpressionError(type, message, { pointer: '', expression: search.pattern });
    },
    close: () => pool.close(),
  };
}

/** Collects the expressions below a value and answers what builds its result once they have their values. */
function plan(value: Json, pointer: string, resolving: Resolving): Build {
  if (resolving.options.skip?.(pointer)) return () => value;
  if (typeof value === 'string')
    return isTemplateText(value) ? planText(value, pointer, resolving) : () => value;
  if (typeof value !== 'object' || value === null) return () => value;
  const inner = Object.entries(value).map(
    ([key, one]) => [key, plan(one, pointer + pointerTo(key), resolving)] as const,
  );
  if (Array.isArray(value)) return (valueOf) => inner.map(([, build]) => build(valueOf));
  return (valueOf) => Object.fromEntries(inner.map(([key, build]) => [key, build(valueOf)]));
}

function planText(text: string, pointer: string, { tasks, options }: Resolving): Build {
  const { parts, problem } = splitText(text);
  if (problem !== undefined)
    throw new ExpressionError('expression_error', problem, { pointer, expression: text });
  const pieces = parts.map((part) => {
    if ('text' in part) return part.text;
    const task: Task = { parsed: readable(part.expression, pointer), pointer };
    tasks.push(task);
    return task;
  });
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined && typeof only !== 'string') {
    if (makesList(only, options)) return (valueOf) => asList(valueOf(only));
    return (valueOf) => valueOf(only) ?? null;
  }
  return (valueOf) =>
    pieces.map((piece) => (typeof piece === 'string' ? piece : asText(valueOf(piece)))).join('');
}

function makesList({ parsed, pointer }: Task, { lists }: ResolveOptions): boolean {
  return parsed.plan === undefined && lists?.(pointer) === true;
}

/** `null` is a value that was given, and no list. */
function asList(value: Json | undefined): Json {
  if (value === undefined) return [];
  return value === null || Array.isArray(value) ? value : [value];
}

function readable(source: string, pointer: string): ParsedExpression {
  const parsed = parseExpression(source);
  if (parsed.problem === undefined) return parsed;
  throw new ExpressionError('expression_error', parsed.problem, { pointer, expression: source });
}

function asText(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

async function evaluateTasks(resolving: Resolving, bindings: Bindings, pool: ExpressionPool): Promise<void> {
  const { tasks, options } = resolving;
  const environment = environmentOf(bindings);
  const slow = tasks.filter((task) => !evaluateHere(task, environment));
  if (slow.length > 0) await evaluateInThread(slow, { bindings, environment, options }, pool);
  const missing = options.strict ? tasks.find((task) => isMissing(task, options)) : undefined;
  if (missing) throw failed(missing, 'expression_missing_value', 'the expression gives no value');
  assertSize(tasks);
}

function isMissing(task: Task, options: ResolveOptions): boolean {
  return task.value === undefined && !options.lenient?.(task.pointer) && !makesList(task, options);
}

/** A value may be named any number of times: what is built of them must not grow past all bounds. */
function assertSize(tasks: readonly Task[]): void {
  const { payloadBytes } = expressionLimits;
  const last = tasks.at(-1);
  const values = tasks.map(({ value }) => value);
  if (!last || totalSize(values, payloadBytes) <= payloadBytes) return;
  throw failed(last, 'payload_too_large', `the values of the payload have more than ${payloadBytes} bytes`);
}

/** Finds what of the values came of secrets, by evaluating once more with others; answers its texts. */
async function maskTasks(
  { tasks, options }: Resolving,
  decoys: Bindings,
  pool: ExpressionPool,
): Promise<string[]> {
  const confidential = tasks.filter(({ parsed }) => readsSecrets(parsed));
  const others = confidential.map(({ parsed, pointer }): Task => ({ parsed, pointer }));
  const isEvaluated = await evaluateTasks(
    { tasks: others, options: { ...options, strict: false } },
    decoys,
    pool,
  ).then(
    () => true,
    () => false,
  );
  return confidential.flatMap((task, index) => {
    const { shown, secrets } = maskDifference(task.value, isEvaluated ? others[index]?.value : undefined);
    task.shown = shown;
    return secrets;
  });
}

function readsSecrets({ uses, resumeIds }: ParsedExpression): boolean {
  return resumeIds.length > 0 || uses.some(({ variable }) => variable === 'secrets');
}

/** Whether the expression was plain enough. */
function evaluateHere(task: Task, environment: Environment): boolean {
  if (!task.parsed.plan) return false;
  const value = evaluatePlan(task.parsed.plan, environment);
  if (value === needsThread) return false;
  task.value = value;
  return true;
}

async function evaluateInThread(
  tasks: readonly Task[],
  given: { bindings: Bindings; environment: Environment; options: ResolveOptions },
  pool: ExpressionPool,
): Promise<void> {
  const answer = await pool.run(jobOf(tasks, given), turnOf(given.options));
  if ('results' in answer) {
    tasks.forEach((task, index) => {
      const text = answer.results[index];
      task.value = typeof text === 'string' ? parseWellFormed(text) : undefined;
    });
    return;
  }
  const { index, type, message, position } = answer.failure;
  const task = tasks[index];
  if (!task) throw new Error(`a thread failed at expression ${index} of ${tasks.length}`);
  throw failed(task, type, message, position);
}

/** How a job waits for its turn. */
function turnOf({ owner, signal }: Pick<ResolveOptions, 'owner' | 'signal'>): RunOptions<never> {
  return { ...(owner === undefined ? {} : { key: owner }), ...(signal ? { signal } : {}) };
}

function jobOf(
  tasks: readonly Task[],
  {
    bindings,
    environment,
    options,
  }: { bindings: Bindings; environment: Environment; options: ResolveOptions },
): ExpressionJob {
  const numbers = new Map<string, number>();
  const values: string[] = [];
  const numberOf = ({ path, value }: { path: string[]; value: Json }): number => {
    const key = JSON.stringify(path);
    const number = numbers.get(key) ?? values.push(JSON.stringify(value)) - 1;
    numbers.set(key, number);
    return number;
  };
  const expressions = tasks.map(({ parsed }) => ({
    text: parsed.text,
    reads: readsOf(parsed.uses, environment).map((read) => ({ path: read.path, value: numberOf(read) })),
    secret: readsSecrets(parsed),
  }));
  const ids = tasks.flatMap(({ parsed }) => parsed.resumeIds);
  const resumeUrls = Object.fromEntries(
    ids.flatMap((id) => (bindings.resumeUrl ? [[id, bindings.resumeUrl(id)] as const] : [])),
  );
  return { expressions, values, resumeUrls, nowMs: options.now.getTime() };
}

function failed(
  { pointer, parsed }: Task,
  type: ExpressionError['type'],
  message: string,
  position?: number,
): ExpressionError {
  const isConfidential = readsSecrets(parsed);
  // A text that was rewritten has other places than what was written.
  const place = parsed.text === parsed.source ? position : undefined;
  return new ExpressionError(type, message, {
    pointer,
    expression: parsed.source,
    position: place,
    isConfidential,
  });
}
