import { randomInt } from 'node:crypto';
import { findFreePort } from '../../src/embedded/ports.ts';

/** A TCP port of the loopback address that was free a moment ago, below those that connections are given. */
export const freePort = (): Promise<number> => findFreePort(randomInt(10_000, 32_000));
