/** A server that this process starts and stops, and that does not outlive it. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { open, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { removePid, writePid } from './leftover.ts';
import { PortLostError } from './ports.ts';
import { lastLines } from './run-command.ts';

/** A started server. */
export interface ChildServer {
  child: ChildProcess;
  /**
   * Waits until `check` neither throws nor answers false.
   * @throws Error with the server's last lines when it ends, or does not come up in a minute; PortLostError for a port
   */
  ready(check: () => Promise<boolean>): Promise<void>;
  /** Ends it in order; by force after the grace time. May be called again. */
  stop(): Promise<void>;
}

const stopGraceMs = 15_000;
const readyMs = 60_000;

/**
 * Reads a pipe that the owner holds. A line on it means: the server ended in order. Its end without one means: the owner is
 * gone, be it by `kill -9`, and the server must not stay behind.
 */
const watchdogScript = `read -r line && exit 0
kill -TERM "$1" 2>/dev/null
for _ in 1 2 3 4 5 6 7 8 9 10; do sleep 1; kill -0 "$1" 2>/dev/null || exit 0; done
kill -KILL "$1" 2>/dev/null`;

/**
 * Starts a program that keeps its data and its log in `folder`, an absolute path that its arguments name.
 * `log` hears of its end when nobody asked for it; `niceness` lowers its priority.
 */
export async function startChild(given: {
  name: string;
  program: string;
  args: string[];
  folder: string;
  niceness?: number;
  log: (line: string) => void;
}): Promise<ChildServer> {
  const { name, program, args, folder, niceness, log } = given;
  const logFile = join(folder, `${name}.log`);
  // The last start's log is what one wants to read after a crash.
  await rename(logFile, `${logFile}.1`).catch(() => {});
  // Written by the server itself: through a pipe of ours it would die of its next line once we are gone.
  const output = await open(logFile, 'w');
  // A session of its own: a Ctrl-C reaches only us, and we stop the servers last.
  const child = spawn(program, args, { stdio: ['ignore', output.fd, output.fd], detached: true });
  await once(child, 'spawn').finally(() => output.close());
  const pid = child.pid as number;
  // A child that has ended already tells why when its readiness is asked for.
  if (niceness !== undefined) await lowerPriority(pid, niceness).catch(() => undefined);
  await writePid(folder, name, pid);
  const watchdog = startWatchdog(pid);
  let isStopping = false;
  child.once('exit', (code, signal) => {
    watchdog?.stdin?.end('ended\n');
    if (!isStopping) log(`${name} has ended (${signal ?? code}); see ${logFile}`);
  });
  return {
    child,
    ready: (check) => waitUntilReady({ name, child, logFile, check }),
    async stop() {
      isStopping = true;
      await endProcess(child);
      await removePid(folder, name);
    },
  };
}

/** Lowers the priority of all threads of a process, and of its session where Linux shares out time by session. */
async function lowerPriority(pid: number, niceness: number): Promise<void> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => [String(pid)]);
  for (const thread of threads) setPriority(Number(thread), niceness);
  if (process.platform === 'linux') await writeFile(`/proc/${pid}/autogroup`, String(niceness));
}

function startWatchdog(pid: number): ChildProcess | undefined {
  if (process.platform === 'win32') return undefined;
  const watchdog = spawn('/bin/sh', ['-c', watchdogScript, 'hookloom-watchdog', String(pid)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // It is there for our death; it must not keep us alive, and its own is no reason to die.
  watchdog.unref();
  for (const part of [watchdog, watchdog.stdin]) part.on('error', () => {});
  return watchdog;
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

async function waitUntilReady(given: {
  name: string;
  child: ChildProcess;
  logFile: string;
  check: () => Promise<boolean>;
}): Promise<void> {
  const { name, child, logFile, check } = given;
  const deadline = Date.now() + readyMs;
  let cause: unknown;
  const holds = () =>
    check().catch((error: unknown) => {
      cause = error;
      return false;
    });
  while (!(await holds())) {
    if (hasEnded(child) || Date.now() > deadline) {
      const written = await readFile(logFile, 'utf8').catch(() => '');
      const Failure = /address already in use/i.test(written) ? PortLostError : Error;
      throw new Failure(`the embedded ${name} did not come up; see ${logFile}: ${lastLines(written)}`, {
        cause,
      });
    }
    await delay(50);
  }
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopGraceMs);
  await exited;
  clearTimeout(timer);
}
