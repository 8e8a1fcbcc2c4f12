/** A server that this process starts and stops; a left-over of a killed start is ended before the next one. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A started server. */
export interface ChildServer {
  child: ChildProcess;
  /** Ends it in order; by force after the grace time. */
  stop(): Promise<void>;
}

const stopGraceMs = 15_000;

/** Starts a program that keeps its data and its log in `folder`. */
export async function startChild(given: {
  name: string;
  program: string;
  args: string[];
  folder: string;
}): Promise<ChildServer> {
  const { name, program, args, folder } = given;
  await mkdir(folder, { recursive: true });
  const pidFile = join(folder, `${name}.pid`);
  await endLeftOver(pidFile, program);
  // Its own process group: Ctrl-C reaches only us, and we stop the servers last.
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  await Promise.race([
    once(child, 'spawn'),
    once(child, 'error').then(([error]) => Promise.reject(error as Error)),
  ]);
  const logFile = createWriteStream(join(folder, `${name}.log`), { flags: 'a' });
  child.stdout.pipe(logFile, { end: false });
  child.stderr.pipe(logFile, { end: false });
  await writeFile(pidFile, String(child.pid));
  return {
    child,
    async stop() {
      await endProcess(child);
      logFile.end();
      await rm(pidFile, { force: true });
    },
  };
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopGraceMs);
  await exited;
  clearTimeout(timer);
}

/** A server whose starter was killed still holds the data; it is the same program under the noted pid. */
async function endLeftOver(pidFile: string, program: string): Promise<void> {
  const pid = Number(await readFile(pidFile, 'utf8').catch(() => ''));
  if (!pid || !(await isRunning(pid, program))) return;
  process.kill(pid, 'SIGTERM');
  const deadline = Date.now() + stopGraceMs;
  while (await isRunning(pid, program)) {
    if (Date.now() > deadline) process.kill(pid, 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function isRunning(pid: number, program: string): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return command.startsWith(program);
}
