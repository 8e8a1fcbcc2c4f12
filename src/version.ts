import { createRequire } from 'node:module';

/** The version of Hookloom, as its package names it. */
export const { version } = createRequire(import.meta.url)('../package.json') as { version: string };
