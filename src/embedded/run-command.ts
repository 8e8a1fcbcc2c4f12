import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/**
 * Runs a program to its end and answers its standard output.
 * @throws Error with the last lines of what the program wrote
 */
export async function runCommand(file: string, args: readonly string[], timeoutMs: number): Promise<string> {
  try {
    const { stdout } = await execute(file, args, { timeout: timeoutMs, maxBuffer: 16 * 1024 * 1024 });
    return stdout;
  } catch (cause) {
    const { stderr = '', message, code } = cause as { stderr?: string; message: string; code?: unknown };
    const why = code === 'ENOENT' ? `${file} is not installed` : lastLines(stderr) || message;
    throw new Error(why, { cause });
  }
}

/** The last few lines of a text, on one line. */
export function lastLines(text: string, count = 3): string {
  return text.trim().split('\n').slice(-count).join(' / ').trim();
}
