/**
 * The settings table: every environment variable Hookloom reads, once. Types, start-up checks, `.env.example`,
 * the docs and the docker-compose test derive from it.
 */
import { isIP } from 'node:net';
import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
);

/** Whether a text is an address or a range such as `10.0.0.0/8` or `2001:db8::/32`. */
export function isRange(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

/** Whether a text is an origin as browsers send it, such as `https://app.example` or `http://localhost:5173`. */
function isOrigin(text: string): boolean {
  return (
    URL.canParse(text) &&
    ['http:', 'https:'].includes(new URL(text).protocol) &&
    new URL(text).origin === text
  );
}

/** One entry per setting: its schema (with default) and one line for people. */
export const settings = {
  NODE_ENV: {
    schema: z.enum(['development', 'production', 'test']).default('development'),
    help: 'production refuses embedded servers and generated keys',
  },
  PORT: { schema: port.default(3000), help: 'port of the API' },
  HOST: { schema: z.string().min(1).default('127.0.0.1'), help: 'address the API binds' },
  PUBLIC_URL: {
    schema: z.url().optional(),
    help: 'base of webhook and resume links; default http://localhost:$PORT',
  },
  MONGODB_URL: { schema: z.string().min(1).optional(), help: 'MongoDB replica set; default: embedded' },
  MONGODB_DB: {
    schema: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,38}$/)
      .default('hookloom'),
    help: 'database name',
  },
  TEMPORAL_ADDRESS: {
    schema: z.string().min(1).optional(),
    help: 'host:port of the Temporal frontend; default: embedded',
  },
  TEMPORAL_NAMESPACE: { schema: z.string().min(1).default('default'), help: 'Temporal namespace' },
  TEMPORAL_API_KEY: { schema: z.string().min(1).optional(), help: 'API key for Temporal Cloud' },
  TEMPORAL_TLS_CA: {
    schema: z.string().min(1).optional(),
    help: 'file with the CA certificate of the Temporal server',
  },
  TEMPORAL_TLS_CERT: { schema: z.string().min(1).optional(), help: 'file with the client certificate' },
  TEMPORAL_TLS_KEY: { schema: z.string().min(1).optional(), help: 'file with the client key' },
  TEMPORAL_TASK_QUEUE_PREFIX: {
    schema: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,64}$/)
      .default('hookloom'),
    help: 'task queues are <prefix>-runs, <prefix>-hooks, and <prefix>-runs-<id> of each worker process',
  },
  HOOKLOOM_DATA_DIR: {
    schema: z.string().min(1).default('.hookloom'),
    help: 'embedded servers’ data, caches, generated keys',
  },
  HOOKLOOM_BOOTSTRAP_KEY: {
    schema: z
      .string()
      .regex(/^hl_[A-Za-z0-9_-]{16,128}$/)
      .optional(),
    help: 'admin key of the first organization (hl_…)',
  },
  HOOKLOOM_MASTER_KEY: {
    schema: z
      .base64()
      .refine((text) => Buffer.from(text, 'base64').length === 32, 'expected base64 of 32 bytes')
      .optional(),
    help: 'base64 of 32 bytes that encrypts secrets at rest; required in production',
  },
  HOOKLOOM_EGRESS_ALLOW: {
    schema: list.default([]),
    help: 'comma-separated CIDR-or-host:port that may be reached although private',
  },
  HOOKLOOM_TRUSTED_PROXIES: {
    schema: list
      .refine((ranges) => ranges.every(isRange), 'expected addresses and CIDR ranges, separated by commas')
      .default([]),
    help: 'comma-separated addresses and CIDRs of proxies whose X-Forwarded-For or Forwarded tells who sends',
  },
  HOOKLOOM_CORS_ORIGINS: {
    schema: list
      .refine(
        (origins) => origins.every(isOrigin),
        'expected origins such as https://app.example, separated by commas',
      )
      .default([]),
    help: 'comma-separated origins whose pages may call the API, such as https://app.example',
  },
  HOOKLOOM_RETENTION_DAYS: {
    schema: z.coerce.number().positive().default(30),
    help: 'days that finished runs are kept',
  },
  HOOKLOOM_HOOK_SCHEDULE: {
    schema: list.default(['0s', '5s', '5m', '30m', '2h', '5h', '10h', '14h', '20h', '24h']),
    help: 'waits before each hook delivery attempt',
  },
  HOOKLOOM_HOOK_SLOTS: {
    schema: z.coerce.number().int().min(4).max(10_000).default(500),
    help: 'hook delivery attempts at a time in one worker process; no endpoint gets more than a quarter',
  },
  HOOKLOOM_HISTORY_EVENTS: {
    schema: z.coerce.number().int().min(50).max(40_000).default(4_096),
    help: 'events of Temporal history after which a run continues as new',
  },
  HOOKLOOM_WORKFLOW_TRACES: {
    schema: z.stringbool().default(false),
    help: 'true: Temporal’s query __stack_trace (Call Stack in its UI) works, at twice the CPU time of workflow code',
  },
  HOOKLOOM_KEY_CHECK_MS: {
    schema: z.coerce.number().int().min(100).default(60_000),
    help: 'milliseconds after which the keys of open streams are looked at again',
  },
  EMBEDDED_TEMPORAL_PORT: {
    schema: port.default(7233),
    help: 'port of the embedded Temporal; a taken port moves on',
  },
  EMBEDDED_TEMPORAL_UI_PORT: { schema: port.default(8233), help: 'port of the embedded Temporal UI' },
  EMBEDDED_MONGODB_PORT: { schema: port.default(27_017), help: 'port of the embedded MongoDB' },
  LOG_LEVEL: {
    schema: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
    help: 'least level that is logged',
  },
  SHUTDOWN_GRACE_MS: {
    schema: z.coerce.number().int().min(0).default(30_000),
    help: 'milliseconds given to requests and Activities at shutdown',
  },
  METRICS_PORT: {
    schema: port.optional(),
    help: 'port of open Prometheus metrics, of the API and of the worker; default: none',
  },
} as const;

type Settings = typeof settings;
/** Parsed settings by their environment names. */
export type Config = { [Name in keyof Settings]: z.output<Settings[Name]['schema']> };

/** Folders in which programs of the machine are looked for. */
export const programPath = process.env['PATH'] ?? '';

/**
 * Reads all settings from an environment; empty strings count as not set.
 * @throws Error that names every bad setting, what was expected and never the value of a secret.
 */
export function loadConfig(env: Record<string, string | undefined> = process.env): Config {
  const shape = Object.fromEntries(Object.entries(settings).map(([name, { schema }]) => [name, schema]));
  const given = Object.fromEntries(Object.keys(settings).map((name) => [name, env[name] || undefined]));
  const parsed = z.object(shape).safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`Bad settings:\n${lines.join('\n')}`);
  }
  const config = parsed.data as Config;
  if (config.NODE_ENV === 'production') assertProduction(config);
  return config;
}

function assertProduction(config: Config): void {
  const required = ['MONGODB_URL', 'TEMPORAL_ADDRESS', 'HOOKLOOM_MASTER_KEY'] as const;
  const missing = required.filter((name) => config[name] === undefined);
  if (missing.length > 0)
    throw new Error(`Bad settings:\n  ${missing.join(', ')}: required when NODE_ENV=production`);
}

/** The base of webhook and resume links, without a trailing slash. */
export function publicUrl(config: Config): string {
  return (config.PUBLIC_URL ?? `http://localhost:${config.PORT}`).replace(/\/+$/, '');
}

/** Whether clients reach this deployment by HTTPS. */
export function isPublicHttps(config: Config): boolean {
  return publicUrl(config).startsWith('https:');
}

/** The Temporal Task Queues that all processes of this deployment share. */
export function taskQueues(config: Config): { runs: string; hooks: string } {
  return {
    runs: `${config.TEMPORAL_TASK_QUEUE_PREFIX}-runs`,
    hooks: `${config.TEMPORAL_TASK_QUEUE_PREFIX}-hooks`,
  };
}

/** What the relay goes by. */
export function relaySettings(config: Config) {
  return {
    taskQueues: taskQueues(config),
    continueAfterEvents: config.HOOKLOOM_HISTORY_EVENTS,
    publicUrl: publicUrl(config),
  };
}

/** A setting that must be there, in this place. @throws Error that names it */
export function requireSetting<Name extends keyof Config>(
  config: Config,
  name: Name,
): NonNullable<Config[Name]> {
  const value = config[name];
  if (value === undefined || value === null) throw new Error(`Bad settings:\n  ${name}: required`);
  return value;
}
