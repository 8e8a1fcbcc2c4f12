/** CPU time of this process and of everything that it has started, as the operating system accounts for it. Linux only. */
import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks of `/proc/<pid>/stat`, per second. Source: proc(5), USER_HZ. */
const ticksPerSecond = 100;

/** A process of ours. */
export interface ProcessTime {
  pid: number;
  /** The name of its program. */
  name: string;
  /** CPU time so far, in milliseconds. */
  ms: number;
}

/** Returns the CPU time so far, in milliseconds; that of processes that have ended is missing. */
export function cpuMs(): number {
  return cpuByProcess().reduce((sum, { ms }) => sum + ms, 0);
}

/** Returns the CPU time so far of each process. */
export function cpuByProcess(): ProcessTime[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const stats = new Map(all.flatMap((pid) => readStat(pid)));
  const isOurs = (pid: string): boolean =>
    pid === String(process.pid) || (stats.has(pid) && isOurs(stats.get(pid)?.parent ?? '0'));
  return [...stats]
    .filter(([pid]) => isOurs(pid))
    .map(([pid, { name, ticks }]) => ({ pid: Number(pid), name, ms: ticks * (1_000 / ticksPerSecond) }));
}

function readStat(pid: string): [string, { parent: string; name: string; ticks: number }][] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name stands in brackets and may hold anything.
    const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return [[pid, { parent: fields[1] ?? '0', name, ticks: Number(fields[11]) + Number(fields[12]) }]];
  } catch {
    return [];
  }
}
