import type { Logger } from '../log.ts';

/** Ends the process with exit code 1 after what nothing has caught, with that as the last line of its log. */
export function endOnFault(log: Logger): void {
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'the process ends: an error was caught by nothing');
    process.exit(1);
  });
}
