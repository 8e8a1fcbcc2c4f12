/** `validate`, `diff`, `deploy`: workflows as files in git. */
import { createInterface } from 'node:readline/promises';
import { basename } from 'node:path';
import type { Answer } from '../../client/index.ts';
import { CliError, exitCodes } from '../exit.ts';
import { readWorkflows } from '../files.ts';
import type { WorkflowFile } from '../files.ts';
import { note, paint, print, printJson } from '../output.ts';
import { openSession } from '../session.ts';
import type { CommonOptions, Session } from '../session.ts';

/** Options of what plans. */
export interface DeployOptions extends CommonOptions {
  publish?: boolean;
  prune?: boolean;
  source?: string;
  dryRun?: boolean;
  yes?: boolean;
}

type Deployment = Answer<'/v1/deployments', 'post'>;

/** Checks files without changing anything. */
export async function validate(files: string[], options: CommonOptions): Promise<void> {
  const session = await openSession(options);
  const workflows = await readWorkflows(files);
  let isValid = true;
  for (const { file, definition } of workflows) {
    const { valid, problems } = await session.client.post('/v1/workflows/validate', {
      body: { definition: definition as never },
    });
    isValid &&= valid;
    if (session.isJson) printJson({ file, valid, problems });
    else {
      print(`${valid ? paint('green', 'valid  ') : paint('red', 'invalid')}  ${file}`);
      for (const one of problems) print(`  ${one.severity}  ${one.pointer}  ${one.message}`);
    }
  }
  if (!isValid) throw new CliError('Some files are not valid; mend what is named above.');
}

/** Shows what a deployment would change; fails when it would change something. */
export async function diff(files: string[], options: DeployOptions): Promise<void> {
  const session = await openSession(options);
  const deployment = await send(session, await readWorkflows(files), { ...options, dryRun: true });
  show(session, deployment);
  if (deployment.plan.some(({ action }) => action !== 'unchanged'))
    throw new CliError('The server differs from the files; `hookloom deploy` makes it equal.');
}

/** Deploys files; asks first on a terminal. */
export async function deploy(files: string[], options: DeployOptions): Promise<void> {
  const session = await openSession(options);
  const workflows = await readWorkflows(files);
  const isAsked = Boolean(process.stdin.isTTY && process.stdout.isTTY) && !options.yes && !session.isJson;
  if (options.dryRun || isAsked) {
    const planned = await send(session, workflows, { ...options, dryRun: true });
    show(session, planned);
    if (options.dryRun || planned.plan.every(({ action }) => action === 'unchanged')) return;
    if (!(await confirm('Deploy this?'))) throw new CliError('Nothing was changed.');
  }
  show(session, await send(session, workflows, options));
}

async function confirm(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`${question} [y/N] `);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

async function send(
  { client }: Session,
  files: readonly WorkflowFile[],
  options: DeployOptions,
): Promise<Deployment> {
  const { publish = false, prune = false, dryRun = false } = options;
  const source = options.source ?? basename(process.cwd());
  const workflows = files.map(({ file: _, ...workflow }) => workflow) as never;
  try {
    return await client.post('/v1/deployments', { body: { source, workflows, publish, prune, dryRun } });
  } catch (error) {
    throw named(error, files);
  }
}

/** Names files where the API names places of the list. */
function named(error: unknown, files: readonly WorkflowFile[]): unknown {
  const { pointers } = error as { pointers?: readonly { pointer: string; detail: string }[] };
  if (!pointers?.length) return error;
  const told = pointers.map(({ pointer, detail }) => {
    const [, index = '', rest = ''] = /^\/workflows\/(\d+)(.*)$/.exec(pointer) ?? [];
    return { file: files[Number(index)]?.file ?? '', pointer: rest, detail };
  });
  return new CliError('The files are not valid; nothing was changed.', {
    exitCode: exitCodes.failed,
    details: told.map((one) => `${one.file}  ${one.pointer}  ${one.detail}`),
    problem: { ...(error as { code?: string }), detail: (error as Error).message, errors: told },
  });
}

const signs = { create: '+', update: '~', publish: '^', archive: '-', unchanged: '=' } as const;
const colors = {
  create: 'green',
  update: 'yellow',
  publish: 'blue',
  archive: 'red',
  unchanged: 'gray',
} as const;

function show({ isJson }: Session, deployment: Deployment): void {
  if (isJson) return printJson(deployment);
  for (const { name, action, publishes, version, changes, webhookUrl } of deployment.plan) {
    const live = publishes && action !== 'publish' ? ', goes live' : '';
    print(
      paint(colors[action], `${signs[action]} ${action.padEnd(9)}  ${name}  (version ${version}${live})`),
    );
    for (const one of changes) print(`    ${one.change}  ${one.pointer}`);
    if (webhookUrl) print(`    webhook  ${webhookUrl}`);
  }
  for (const { name, pointer, message } of deployment.warnings)
    note(`warning: ${name}  ${pointer}  ${message}`);
}
