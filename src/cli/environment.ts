/** What the command line reads of its surroundings. */
import { homedir } from 'node:os';
import { join } from 'node:path';

const { env } = process;

/** Settings of the environment; empty texts count as not set. */
export const environment = {
  url: env['HOOKLOOM_URL'] || undefined,
  apiKey: env['HOOKLOOM_API_KEY'] || undefined,
  dataDir: env['HOOKLOOM_DATA_DIR'] || '.hookloom',
  logLevel: env['LOG_LEVEL'] || undefined,
  noColor: Boolean(env['NO_COLOR']),
  /** Whether npx or a script of npm has started this process. */
  isFromNpm: env['npm_command'] !== undefined,
};

/** The folder in which the machine keeps settings of programs for its user. */
export function configDir(): string {
  const base =
    env['XDG_CONFIG_HOME'] ||
    (process.platform === 'win32' ? env['APPDATA'] : undefined) ||
    join(homedir(), '.config');
  return join(base, 'hookloom');
}

/** Sets what the product reads when it starts in this process. */
export function setLogLevel(level: string): void {
  env['LOG_LEVEL'] = level;
}
