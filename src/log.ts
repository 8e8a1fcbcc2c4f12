import { pino } from 'pino';
import type { Logger } from 'pino';

export type { Logger } from 'pino';

/** Creates the process's JSON logger; secrets in well-known fields are replaced, never written. */
export function createLogger(level: string, process: string): Logger {
  return pino({
    level,
    base: { process },
    redact: {
      paths: ['*.authorization', '*.secret', 'secret', 'authorization', 'headers.authorization'],
      censor: '[redacted]',
    },
  });
}
