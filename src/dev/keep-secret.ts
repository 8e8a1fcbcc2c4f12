import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Returns the 32 random bytes kept in `<dataDir>/<name>`, made on the first call. Readable by its owner only. Two processes
 * that ask at once get the same.
 */
export async function keepSecret(
  dataDir: string,
  name: string,
  encoding: 'base64' | 'base64url',
): Promise<string> {
  const file = join(dataDir, name);
  await mkdir(dataDir, { recursive: true });
  try {
    await writeFile(file, randomBytes(32).toString(encoding), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return (await readFile(file, 'utf8')).trim();
}
