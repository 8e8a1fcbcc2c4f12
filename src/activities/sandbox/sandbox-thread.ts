/** The thread of one sandbox run: QuickJS in WebAssembly, with nothing of the host in it. */
import { parentPort, workerData } from 'node:worker_threads';
import { getQuickJS } from 'quickjs-emscripten';
import type { QuickJSContext } from 'quickjs-emscripten';
import type { SandboxData, SandboxLine, SandboxReply } from './run-in-sandbox.ts';

const memoryBytes = 64 * 1024 * 1024;
const stackBytes = 512 * 1024;

async function run({ code, input, timeoutMs, said }: SandboxData): Promise<SandboxReply> {
  const quickjs = await getQuickJS();
  const runtime = quickjs.newRuntime();
  runtime.setMemoryLimit(memoryBytes);
  runtime.setMaxStackSize(stackBytes);
  const deadline = Date.now() + timeoutMs;
  runtime.setInterruptHandler(() => Date.now() > deadline);
  const context = runtime.newContext();
  const inputHandle = context.newString(input);
  context.setProp(context.global, '__input', inputHandle);
  inputHandle.dispose();
  addConsole(context, said);
  // The result leaves as text: nothing of the sandbox is ever an object of the host.
  const source = `${code}\n;(() => { const input = JSON.parse(__input); delete globalThis.__input;
    if (typeof transform !== 'function') throw new TypeError('expected a function transform(input)');
    const output = transform(input); return output === undefined ? 'null' : JSON.stringify(output) ?? 'null'; })()`;
  return read(context, context.evalCode(source, 'code.js'), deadline);
}

/** More than this is counted and not sent: the attempt's log takes 200 lines. */
const maxLines = 1_000;
const maxLineLength = 8 * 1024;

/** `console` tells its lines to the host as text; objects as JSON. */
function addConsole(context: QuickJSContext, said: Int32Array): void {
  const say = context.newFunction('say', (level, message) => {
    if (Atomics.add(said, 0, 1) >= maxLines) return;
    const line = {
      level: context.getString(level),
      message: context.getString(message).slice(0, maxLineLength),
    } as SandboxLine;
    parentPort?.postMessage({ line });
  });
  context.setProp(context.global, '__say', say);
  say.dispose();
  const names = { log: 'info', info: 'info', debug: 'debug', warn: 'warn', error: 'error' };
  const source = `(() => { const say = __say; delete globalThis.__say;
    const text = (one) => typeof one === 'string' ? one : JSON.stringify(one) ?? String(one);
    const tell = (level) => (...parts) => say(level, parts.map(text).join(' '));
    globalThis.console = Object.fromEntries(Object.entries(${JSON.stringify(names)})
      .map(([name, level]) => [name, tell(level)])); })()`;
  const result = context.evalCode(source, 'console.js');
  (result.error ?? result.value).dispose();
}

function read(
  context: QuickJSContext,
  result: ReturnType<QuickJSContext['evalCode']>,
  deadline: number,
): SandboxReply {
  if (!result.error) return { output: context.getString(result.value) };
  const error = context.dump(result.error) as { name?: string; message?: string } | string;
  if (Date.now() > deadline) return { error: 'code_timeout', message: 'the code took too long' };
  const message = typeof error === 'string' ? error : `${error.name ?? 'Error'}: ${error.message ?? ''}`;
  return { error: 'code_error', message: message.slice(0, 500) };
}

parentPort?.postMessage(await run(workerData as SandboxData));
