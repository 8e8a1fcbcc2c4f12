import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';

export type { Logger } from 'pino';

/**
 * Creates the process's JSON logger; secrets in well-known fields are replaced, never written.
 * @param destination where lines go, standard output by default
 */
export function createLogger(level: string, process: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: { process },
    redact: {
      paths: ['*.authorization', '*.secret', 'secret', 'authorization', 'headers.authorization'],
      censor: '[redacted]',
    },
  };
  return destination ? pino(options, destination) : pino(options);
}
