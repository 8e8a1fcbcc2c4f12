import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Whether a file is there. */
export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/**
 * Fills `<cacheDir>/<name>` by `fill` unless it is there, and answers its path. The folder appears whole or not at all:
 * `fill` works in a temporary folder beside it, so a start that is stopped in the middle leaves nothing that looks complete.
 */
export async function cacheFolder(
  cacheDir: string,
  name: string,
  fill: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = join(cacheDir, name);
  if (await exists(folder)) return folder;
  await mkdir(cacheDir, { recursive: true });
  const partial = await mkdtemp(join(cacheDir, '.partial-'));
  try {
    await fill(partial);
    await rename(partial, folder).catch(async (error: unknown) => {
      // Another process was faster: its folder is as good.
      if (!(await exists(folder))) throw error;
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return folder;
}
