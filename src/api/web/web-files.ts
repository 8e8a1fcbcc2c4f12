import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/** Where the build leaves the dashboard: beside `src` and `dist` alike. */
export const webFolder = fileURLToPath(new URL('../../../web/dist/', import.meta.url));

/** A built file, ready to be sent. */
export interface WebFile {
  bytes: Buffer;
  /** Returns the bytes compressed: once, when they are first asked for. */
  gzipped(): Buffer;
  contentType: string;
  etag: string;
}

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json; charset=utf-8',
  '.woff2': 'font/woff2',
};

/** Reads the built files into memory, by their paths such as `/assets/index-4f2a.js`; empty when nothing is built. */
export function readWebFiles(folder: string): ReadonlyMap<string, WebFile> {
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return new Map(names.flatMap((name) => readWebFile(folder, name)));
}

/** Files of other kinds, such as the build's stamp, are not served. */
function readWebFile(folder: string, name: string): [string, WebFile][] {
  const contentType = contentTypes[extname(name)];
  if (contentType === undefined) return [];
  const bytes = readFileSync(join(folder, name));
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
  const path = `/${name.replaceAll(sep, '/')}`;
  let gzip: Buffer | undefined;
  const gzipped = () => (gzip ??= gzipSync(bytes));
  return [[path, { bytes, gzipped, contentType, etag }]];
}
