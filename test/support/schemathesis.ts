/** Schemathesis: calls the API as its document allows, and in many ways it does not, and judges every answer. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { installPython } from './install-python.ts';

/** With all that it needs; pinned like every other package. */
const packages = [
  'schemathesis==4.32.5',
  'anyio==4.16.0',
  'certifi==2026.10.19.post1',
  'charset-normalizer==3.5.3',
  'click==8.5.1',
  'graphql-core==3.3.2',
  'harfile==0.6.0',
  'hypothesis==6.170.17',
  'hypothesis-graphql==0.13.5',
  'idna==3.20',
  'iniconfig==2.3.1',
  'jsonschema_rs==0.60.3',
  'markdown-it-py==4.3.0',
  'MarkupSafe==3.0.4',
  'mdurl==0.1.2',
  'packaging==26.4',
  'pluggy==1.7.0',
  'Pygments==2.21.0',
  'pyrate-limiter==4.5.1',
  'pytest==9.2.0',
  'PyYAML==6.0.4',
  'requests==2.34.2',
  'rich==15.0.0',
  'sortedcontainers==2.4.0',
  'typing_extensions==4.16.0',
  'urllib3==2.8.0',
  'Werkzeug==3.1.9',
];

/** What is looked at in every answer. */
const checks = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
];

/** What a run came to. */
export interface Verdict {
  isClean: boolean;
  /** Calls that were made. */
  calls: number;
  /** What it printed: each finding with a `curl` that shows it. */
  report: string;
}

/** How a run goes. */
export interface SchemathesisRun {
  url: string;
  key: string;
  /** Things that are there, by the beginnings of the paths that name them. */
  ids: Readonly<Record<string, string>>;
  /** Operations that are left out, by their ids. */
  excluded: readonly string[];
  /** Calls of each operation at most. */
  maxExamples: number;
  /** Of the calls: the same seed makes the same ones. */
  seed: number;
  /** A folder for its settings. */
  folder: string;
}

/** Installs the package once into the cache, and runs it. */
export async function runSchemathesis(given: SchemathesisRun): Promise<Verdict> {
  const PYTHONPATH = await install();
  const { url, key, excluded, maxExamples, seed, folder } = given;
  const config = join(folder, 'schemathesis.toml');
  await writeFile(config, settingsOf(given));
  const args = [
    ...['-m', 'schemathesis.cli', '--config-file', config, '--no-color', 'run', `${url}/openapi.json`],
    ...['--header', `Authorization: Bearer ${key}`, '--checks', checks.join()],
    ...['--phases', 'examples,fuzzing', '--max-examples', String(maxExamples), '--seed', String(seed)],
    ...[
      '--workers',
      '2',
      '--request-timeout',
      '60',
      '--continue-on-failure',
      '--generation-database',
      'none',
    ],
    ...excluded.flatMap((id) => ['--exclude-operation-id', id]),
  ];
  const env = { ...process.env, PYTHONPATH };
  const { stdout, isClean } = await promisify(execFile)('python3', args, {
    env,
    cwd: folder,
    maxBuffer: 64 * 1024 * 1024,
  }).then(
    ({ stdout }) => ({ stdout, isClean: true }),
    (error: { stdout?: string; stderr?: string; message: string }) => ({
      stdout: `${error.stdout ?? ''}${error.stderr ?? ''}` || error.message,
      isClean: false,
    }),
  );
  const [, calls] = /(\d+) generated/.exec(stdout) ?? [];
  return { isClean, calls: Number(calls ?? 0), report: stdout };
}

async function install(): Promise<string> {
  const folder = resolve('.hookloom', 'cache', packages[0]?.replace('==', '-') ?? '');
  if (existsSync(folder)) return folder;
  const next = `${folder}.${process.pid}`;
  mkdirSync(next, { recursive: true });
  await installPython(next, packages);
  // Whole or not at all.
  if (existsSync(folder)) rmSync(next, { recursive: true });
  else renameSync(next, folder);
  return folder;
}

/** Lets calls reach what is there, where they do not delete it. */
function settingsOf({ ids }: SchemathesisRun): string {
  return Object.entries(ids)
    .map(([path, id]) => {
      const [, name = ''] = /\{(\w+)\}/.exec(path) ?? [];
      const pattern = `^${path.replaceAll(/[{}]/g, '\\$&')}(/|$)`;
      return `[[operations]]
include-path-regex = ${JSON.stringify(pattern)}
exclude-method = "DELETE"
parameters = { "path.${name}" = ${JSON.stringify(id)} }
`;
    })
    .join('\n');
}
