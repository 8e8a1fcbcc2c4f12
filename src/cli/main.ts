#!/usr/bin/env node
/** `hookloom`: the command line. Each command's code is loaded when it is called, so that the others start fast. */
import { Command, CommanderError } from 'commander';
import { version } from '../version.ts';
import { exitCodes, toCliError } from './exit.ts';
import { note } from './output.ts';
import { lastSession } from './session-url.ts';

const program = new Command('hookloom')
  .description('Webhooks in, durable runs, an ordered log, signed hooks out.')
  .version(version)
  .option('--url <url>', 'the server; default: HOOKLOOM_URL, the context, or the one started here')
  .option('--api-key <key>', 'its key; default: HOOKLOOM_API_KEY, or the context’s')
  .option('--context <name>', 'one of `hookloom context`')
  .option('--json', 'print JSON, one value a line')
  .configureHelp({ showGlobalOptions: true })
  .addHelpText(
    'after',
    `
Begin with:
  hookloom start                            in one terminal
  hookloom init                             in another, in the same folder
  hookloom deploy payment.json --publish
  hookloom run "Payment received" --watch --data '{"event": "payment", "amount": "42"}'

It ends with 0 when it is done, 1 when it failed, 2 when it is used wrongly, 3 when nothing answers.`,
  )
  .showHelpAfterError('(hookloom --help lists all)')
  .exitOverride();

const limit = ['-n, --limit <count>', 'how many', '20'] as const;
const collect = (value: string, before: string[] = []) => [...before, value];

program.commandsGroup('The product:');
program
  .command('start')
  .description('start the product here: API, worker and what they need')
  .action(async () => {
    await (await import('./commands/servers.ts')).start();
  });
program.commandsGroup('Workflows as files:');
program
  .command('init [example]')
  .description('write an example workflow, with its schema for editors')
  .action(async (example = 'payment') => (await import('./commands/init.ts')).init(example));
program
  .command('validate <file...>')
  .description('check workflow files')
  .action(async (files, _, command) =>
    (await import('./commands/deploy.ts')).validate(files, optionsOf(command)),
  );

const source = ['--source <name>', 'who keeps the files; default: the folder’s name'] as const;
program
  .command('diff <file...>')
  .description('show what deploying would change; ends with 1 when something differs')
  .option('--publish', 'as for deploy')
  .option('--prune', 'as for deploy')
  .option(...source)
  .action(async (files, _, command) =>
    (await import('./commands/deploy.ts')).diff(files, optionsOf(command)),
  );
program
  .command('deploy <file...>')
  .description('make the server’s workflows what the files say, all or nothing')
  .option('--publish', 'make them live; else they are drafts')
  .option('--prune', 'archive what this source made and no longer names')
  .option(...source)
  .option('--dry-run', 'show the plan alone')
  .option('-y, --yes', 'do not ask')
  .action(async (files, _, command) =>
    (await import('./commands/deploy.ts')).deploy(files, optionsOf(command)),
  );

program
  .command('import <format> <file>')
  .description(
    'make a workflow file of one of n8n, asl (Amazon States Language) or ows (Serverless Workflow 1.0)',
  )
  .option('--stub-unknown', 'put a node that fails in the place of what has no counterpart')
  .option('--strict', 'end with 1 when something is lost')
  .action(async (format, file, _, command) =>
    (await import('./commands/import.ts')).importFile(format, file, optionsOf(command)),
  );

program.commandsGroup('Runs:');
const runs = () => import('./commands/runs.ts');
program
  .command('run <workflow>')
  .description('start a run, by the workflow’s name or id')
  .option('-d, --data <json>', 'its input: JSON, @file, or - for standard input')
  .option('--draft', 'run the newest version instead of the live one')
  .option('-w, --watch', 'follow it to its end')
  .action(async (name, _, command) => (await runs()).run(name, optionsOf(command)));
program
  .command('runs')
  .description('list runs')
  .option('--workflow <name>', 'only of one workflow')
  .option('--status <status>', 'only in one status')
  .option(...limit)
  .action(async (_, command) => (await runs()).runs(optionsOf(command)));
program
  .command('watch <run>')
  .description('follow a run to its end; ends with 1 when it fails or is cancelled')
  .action(async (id, _, command) => (await runs()).watch(id, optionsOf(command)));
program
  .command('logs <run>')
  .description('print what the nodes of a run logged')
  .option('-f, --follow', 'until it ends')
  .action(async (id, _, command) => (await runs()).logs(id, optionsOf(command)));
program
  .command('cancel <run>')
  .description('cancel a run')
  .option('--reason <text>', 'for its log')
  .action(async (id, _, command) => (await runs()).cancel(id, optionsOf(command)));
program
  .command('retry <run>')
  .description('make a run that is over again, from what failed')
  .option('--from <path>', 'from this node; may be repeated', collect)
  .option('--live', 'by the live version instead of its own')
  .option('-w, --watch', 'follow it to its end')
  .action(async (id, _, command) => (await runs()).retry(id, optionsOf(command)));
program
  .command('resume <run> <path>')
  .description('resume a wait')
  .option('-d, --data <json>', 'what it gets: JSON, @file, or -')
  .action(async (id, path, _, command) => (await runs()).resume(id, path, optionsOf(command)));

program.commandsGroup('What comes in and goes out:');
const traffic = () => import('./commands/traffic.ts');
program
  .command('inbox [request]')
  .description('list what came in on webhooks, or show one')
  .option('--workflow <name>', 'only of one workflow')
  .option('--status <status>', 'only in one status')
  .option(...limit)
  .action(async (id, _, command) => (await traffic()).inbox(id, optionsOf(command)));
program
  .command('hooks')
  .description('list hook endpoints')
  .option(...limit)
  .action(async (_, command) => (await traffic()).hooks(optionsOf(command)));
program
  .command('deliveries [delivery]')
  .description('list what went out, or show one')
  .option('--endpoint <id>', 'only of one endpoint')
  .option('--run <id>', 'only of one run')
  .option('--status <status>', 'only in one status')
  .option(...limit)
  .action(async (id, _, command) => (await traffic()).deliveries(id, optionsOf(command)));
program
  .command('replay <id>')
  .description('send again: a request (whe_…), a delivery (dlv_…), or an endpoint’s events (ep_…)')
  .option('--since <time>', 'of an endpoint: events from then on')
  .option('--until <time>', 'of an endpoint: events until then')
  .option('--types <types>', 'event types and globs, by commas')
  .option('--status <status>', 'of the newest delivery; may be repeated', collect)
  .option('--dry-run', 'count only')
  .action(async (id, _, command) => (await traffic()).replay(id, optionsOf(command)));
program
  .command('listen')
  .description('get what comes in and what hooks tell at a local address, losing nothing')
  .option('--forward <url>', 'send it there, signed')
  .option('--workflow <name>', 'only of this workflow; may be repeated', collect)
  .option('--types <types>', 'only these events, by commas, with globs')
  .option('--no-retry', 'show what is refused and go on')
  .action(async (_, command) => (await import('./commands/listen.ts')).listen(optionsOf(command)));

program.commandsGroup('Servers:');
const servers = () => import('./commands/servers.ts');
program
  .command('doctor')
  .description('look at settings, keys, egress, ports, servers and clock; ends with 1 on an error')
  .action(async (_, command) => (await import('./commands/doctor.ts')).doctor(optionsOf(command), version));
program
  .command('login [name]')
  .description('keep a server and its key under a name, and use it')
  .action(async (name = 'default', _, command) => (await servers()).login(name, optionsOf(command)));
const context = program.command('context').description('list the known servers');
context.action(async (_, command) => (await servers()).listContexts(optionsOf(command)));
context
  .command('use <name>')
  .description('use another from now on')
  .action(async (name) => (await servers()).useContext(name));
context
  .command('remove <name>')
  .description('forget one and its key')
  .action(async (name) => (await servers()).removeContext(name));
program.commandsGroup('Shell:');
program
  .command('completion <shell>')
  .description('print the completion of bash, zsh or fish')
  .action(async (shell) => {
    const names = program.commands.map((command) => command.name());
    (await import('./commands/completion.ts')).completion(shell, names);
  });

/** The options of a command and of those above it. */
function optionsOf<Options>(command: Command): Options {
  return command.optsWithGlobals() as Options;
}

/** A reader that has enough, such as `head`, is no failure. */
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });

async function main(): Promise<void> {
  for (const command of [program, ...program.commands, ...context.commands]) command.exitOverride();
  try {
    await program.parseAsync();
  } catch (error) {
    end(error);
  }
}

function end(error: unknown): void {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    return;
  }
  const told = toCliError(error, lastSession.url);
  process.exitCode = told.exitCode;
  if (program.opts()['json']) {
    note(JSON.stringify(told.problem ?? { code: 'failed', detail: told.message }));
    return;
  }
  note(told.message);
  for (const line of told.details) note(`  ${line}`);
}

await main();
