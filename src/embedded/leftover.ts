/** Who runs a server on a folder: written down at its start, so that the next start can clear up after a crash. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const stopMs = 20_000;

const fileOf = (folder: string, name: string): string => join(folder, `${name}.pid`);

/** Writes down that this process runs the server `pid` on `folder`. */
export async function writePid(folder: string, name: string, pid: number): Promise<void> {
  await writeFile(fileOf(folder, name), JSON.stringify({ pid, owner: process.pid }));
}

/** Forgets it: the server has ended in order. */
export async function removePid(folder: string, name: string): Promise<void> {
  await rm(fileOf(folder, name), { force: true });
}

/**
 * Ends the server that a crashed start has left on `folder`, so that its data and its port are free. It is not reused: its
 * version and its flags may be others than today's.
 * @throws Error when the process that started it is alive: two of them on the same data would destroy it
 */
export async function endLeftover(folder: string, name: string, log: (line: string) => void): Promise<void> {
  const { pid, owner } = await readPids(fileOf(folder, name));
  if (pid === undefined || !(await runsOn(pid, folder))) return;
  if (owner !== undefined && isAlive(owner))
    throw new Error(
      `${name} already runs on ${folder} for process ${owner}: stop that one first, or set another HOOKLOOM_DATA_DIR`,
    );
  log(`ending the ${name} that an earlier start has left (process ${pid})`);
  signal(pid, 'SIGTERM');
  for (const deadline = Date.now() + stopMs; isAlive(pid); await delay(50))
    if (Date.now() > deadline) signal(pid, 'SIGKILL');
}

async function readPids(file: string): Promise<{ pid?: number; owner?: number }> {
  try {
    const { pid, owner } = JSON.parse(await readFile(file, 'utf8')) as { pid: number; owner: number };
    return { pid, owner };
  } catch {
    // There is none, or a crash cut it short.
    return {};
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    // It has just ended by itself: its watchdog was faster.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether a process is alive and was started on this folder: after a restart its number may be another program's. */
async function runsOn(pid: number, folder: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  return commandLine === undefined ? process.platform !== 'linux' : commandLine.includes(folder);
}
