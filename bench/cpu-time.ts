/** CPU time of this process and of everything that it has started, as the operating system accounts for it. Linux only. */
import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks of `/proc/<pid>/stat`, per second. Source: proc(5), USER_HZ. */
const ticksPerSecond = 100;

/** Returns the CPU time so far, in milliseconds; that of processes that have ended is missing. */
export function cpuMs(): number {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const stats = new Map(all.flatMap((pid) => readStat(pid)));
  const isOurs = (pid: string): boolean =>
    pid === String(process.pid) || (stats.has(pid) && isOurs(stats.get(pid)?.parent ?? '0'));
  const ours = [...stats].filter(([pid]) => isOurs(pid));
  return ours.reduce((sum, [, { ticks }]) => sum + ticks, 0) * (1_000 / ticksPerSecond);
}

function readStat(pid: string): [string, { parent: string; ticks: number }][] {
  try {
    // The name stands in brackets and may hold anything.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return [[pid, { parent: fields[1] ?? '0', ticks: Number(fields[11]) + Number(fields[12]) }]];
  } catch {
    return [];
  }
}
