import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('./appender.ts', import.meta.url));

/**
 * Lets several processes append to one run at the same time; answers the appends per second of each.
 * @throws Error when one of them ends in another way
 */
export async function appendTogether(given: {
  database: string;
  runId: string;
  processes: number;
  appends: number;
  atATime: number;
}): Promise<number[]> {
  const { database, runId, processes, appends, atATime } = given;
  const children = Array.from({ length: processes }, (_, index) => {
    const args = ['--import', 'tsx', program, database, runId, `p${index}`, String(appends), String(atATime)];
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    return {
      child,
      lines: createInterface(child.stdout)[Symbol.asyncIterator](),
      exited: once(child, 'exit'),
    };
  });
  try {
    for (const { lines } of children) await lines.next();
    for (const { child } of children) child.stdin.write('go\n');
    return await Promise.all(
      children.map(async ({ lines, exited }) => {
        const { value } = await lines.next();
        const [code] = await exited;
        if (code !== 0 || value === undefined) throw new Error(`an appender ended with ${code}`);
        return Number(value);
      }),
    );
  } finally {
    for (const { child } of children) child.kill('SIGKILL');
  }
}
