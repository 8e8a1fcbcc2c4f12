/** A thread of the sandbox: QuickJS in WebAssembly, an engine for each run, with nothing of the host in it. */
import { parentPort, workerData } from 'node:worker_threads';
import { getQuickJS } from 'quickjs-emscripten';
import type { QuickJSContext, QuickJSHandle, QuickJSRuntime } from 'quickjs-emscripten';
import { ThreadCells } from '../../expressions/threads/thread-cells.ts';
import type { ThreadMessage } from '../../expressions/threads/thread-pool.ts';
import type { TimeBound } from '../../expressions/threads/thread-time.ts';
import { hostFunctions } from './sandbox-host.ts';
import { librarySource } from './sandbox-library.ts';
import { tookTooLong } from './sandbox-messages.ts';
import type { SandboxData, SandboxLine, SandboxReply } from './sandbox-messages.ts';

const memoryBytes = 64 * 1024 * 1024;
const stackBytes = 512 * 1024;
/** Longest text of an error, in characters. */
const maxErrorLength = 500;
/** More than this is counted and not sent: the attempt's log takes 200 lines. */
const maxLines = 1_000;
const maxLineLength = 8 * 1024;

const cells = new ThreadCells((workerData as { shared: SharedArrayBuffer }).shared);
const quickjs = await getQuickJS();

/** The engine of one run. */
interface Engine {
  runtime: QuickJSRuntime;
  context: QuickJSContext;
}

/** What a text of the code comes to: a handle, or the error as it is told. */
type Evaluated = { value: QuickJSHandle } | { thrown: string };

function run(job: SandboxData): SandboxReply {
  const time = cells.begin(0, job.timeoutMs);
  const runtime = quickjs.newRuntime();
  runtime.setMemoryLimit(memoryBytes);
  runtime.setMaxStackSize(stackBytes);
  runtime.setInterruptHandler(() => time.isPassed());
  const engine: Engine = { runtime, context: runtime.newContext() };
  try {
    return runIn(engine, job, time);
  } finally {
    cells.end();
    engine.context.dispose();
    runtime.dispose();
  }
}

function runIn({ runtime, context }: Engine, job: SandboxData, time: TimeBound): SandboxReply {
  addHost(context, job.said);
  const library = evaluate(context, librarySource, 'library.js');
  const code = 'value' in library ? evaluate(context, job.code, 'code.js') : library;
  const transform =
    'value' in code
      ? evaluate(context, `typeof transform === 'function' ? transform : null`, 'find.js')
      : code;
  const reply =
    'value' in library && 'value' in transform
      ? call({ runtime, context }, library.value, { transform: transform.value, input: job.input })
      : {
          error: 'code_error' as const,
          message: explained('thrown' in transform ? transform.thrown : '', job.code),
        };
  for (const one of [library, code, transform]) if ('value' in one) one.value.dispose();
  return time.isPassed() && 'error' in reply ? tookTooLong(job.timeoutMs) : reply;
}

/** The result leaves as text: nothing of the sandbox is ever an object of the host. */
function call(
  { runtime, context }: Engine,
  library: QuickJSHandle,
  { transform, input }: { transform: QuickJSHandle; input: string },
): SandboxReply {
  if (context.typeof(transform) !== 'function')
    return { error: 'code_error', message: 'expected a function transform(input); there is none' };
  const text = context.newString(input);
  const called = read(context, context.callFunction(library, context.undefined, transform, text));
  text.dispose();
  if ('thrown' in called) return { error: 'code_error', message: called.thrown };
  const jobs = runtime.executePendingJobs();
  const failed = jobs.error ? toldOf(context, jobs.error) : undefined;
  const reply = context.getProp(called.value, 'reply').consume((handle) => context.getString(handle));
  called.value.dispose();
  if (failed !== undefined) return { error: 'code_error', message: failed };
  return replyOf(reply);
}

function replyOf(text: string): SandboxReply {
  if (text === '')
    return {
      error: 'code_error',
      message: 'transform returned a promise that nothing settles; there are no timers',
    };
  const { json, wrong = 'the result is no JSON' } = JSON.parse(text) as { json?: string; wrong?: string };
  return json === undefined
    ? { error: 'code_error', message: wrong.slice(0, maxErrorLength) }
    : { output: json };
}

function evaluate(context: QuickJSContext, source: string, file: string): Evaluated {
  return read(context, context.evalCode(source, file, { type: 'global' }));
}

function read(context: QuickJSContext, result: ReturnType<QuickJSContext['evalCode']>): Evaluated {
  return result.error ? { thrown: toldOf(context, result.error) } : { value: result.value };
}

function toldOf(context: QuickJSContext, handle: QuickJSHandle): string {
  const error = handle.consume((one) => context.dump(one) as unknown);
  const { name = 'Error', message } = (typeof error === 'object' && error !== null ? error : {}) as {
    name?: string;
    message?: string;
  };
  const text =
    message === undefined
      ? `the code threw ${JSON.stringify(error) ?? String(error)}`
      : `${name}: ${message}`;
  return text.slice(0, maxErrorLength);
}

/** A common slip is named: code is a script, and `export` belongs to modules. */
function explained(thrown: string, code: string): string {
  if (!thrown.startsWith('SyntaxError') || !/^\s*(?:export|import)\b/m.test(code)) return thrown;
  return `${thrown}; the code is a script: declare function transform(input) without export or import`;
}

function addHost(context: QuickJSContext, said: Int32Array): void {
  const say = context.newFunction('say', (level, message) => {
    if (Atomics.add(said, 0, 1) >= maxLines) return;
    const text = context.getString(message).slice(0, maxLineLength);
    post({ note: { level: context.getString(level), message: text } as SandboxLine });
  });
  const host = context.newFunction('host', (name, ...given) => {
    const called = hostFunctions[context.getString(name)];
    if (!called) throw new Error('the host has no such function');
    return context.newString(called(...given.map((one) => context.getString(one))));
  });
  context.setProp(context.global, '__say', say);
  context.setProp(context.global, '__host', host);
  say.dispose();
  host.dispose();
}

function post(message: ThreadMessage<SandboxReply, SandboxLine>): void {
  parentPort?.postMessage(message);
}

parentPort?.on('message', (job: SandboxData) => post({ answer: run(job) }));
post('ready');
