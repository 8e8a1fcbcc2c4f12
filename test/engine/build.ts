/** Short ways to write definitions and to play a run through the scheduler. */
import { compileGraph } from '../../src/engine/definition/compile-graph.ts';
import type { CompiledGraph } from '../../src/engine/definition/graph.ts';
import { advance, createScheduler } from '../../src/engine/scheduler/scheduler.ts';
import type { SchedulerState } from '../../src/engine/scheduler/scheduler-state.ts';
import type { SchedulerCommand, SchedulerInput } from '../../src/engine/scheduler/scheduler-types.ts';
import { checkDefinition } from '../../src/engine/definition/validate-definition.ts';

type Nodes = Record<string, object>;

const payloads: Record<string, object> = {
  log: { message: 'm' },
  if: { condition: true },
  'for-each': { array: [] },
  repeat: { while: true },
  delay: { delayMs: 1 },
  output: { value: 1 },
  'http-request': { url: 'https://example.com' },
};

/** Builds a valid input: nodes are `log` unless they say otherwise, with the least payload of their type. */
export function define(
  roots: string[],
  nodes: Nodes,
  settings: object = {},
): { nodes: Nodes; settings: object } {
  const filled = Object.entries(nodes).map(([id, node]) => {
    const type = (node as { type?: string }).type ?? 'log';
    return [id, { type, payload: payloads[type] ?? {}, ...node }];
  });
  return { nodes: { root: { type: 'manual', children: roots }, ...Object.fromEntries(filled) }, settings };
}

/** Compiles an input. @throws Error with all problems when it has any */
export function compile(input: unknown): CompiledGraph {
  const { definition, problems } = checkDefinition(input);
  if (!definition || problems.length > 0) throw new Error(JSON.stringify(problems, null, 1));
  return compileGraph(definition);
}

/** A run played by hand. The state goes through JSON before every input, as it does at continue-as-new. */
export class Play {
  readonly graph: CompiledGraph;
  state: SchedulerState;
  readonly all: SchedulerCommand[] = [];
  /** Off for runs so long that it would take most of the time. */
  goesThroughJson = true;

  constructor(graph: CompiledGraph) {
    this.graph = graph;
    this.state = createScheduler(graph);
  }

  /** Gives inputs and answers the new commands. */
  give(...inputs: SchedulerInput[]): SchedulerCommand[] {
    if (this.goesThroughJson) this.state = JSON.parse(JSON.stringify(this.state)) as SchedulerState;
    const commands = advance(this.graph, this.state, inputs);
    this.all.push(...commands);
    return commands;
  }

  begin(): string[] {
    return this.give({ kind: 'begin' }).map(inShort);
  }

  done(path: string, branch?: string): string[] {
    return this.give({ kind: 'finished', path, status: 'success', ...(branch ? { branch } : {}) }).map(
      inShort,
    );
  }

  fail(path: string): string[] {
    return this.give({ kind: 'finished', path, status: 'failure' }).map(inShort);
  }

  wait(path: string): string[] {
    return this.give({ kind: 'waiting', path }).map(inShort);
  }

  open(
    path: string,
    itemCount: number,
    bounds: { maxConcurrency?: number; toleratedFailures?: number } = {},
  ): string[] {
    return this.give({
      kind: 'loop-opened',
      path,
      itemCount,
      maxConcurrency: 1,
      toleratedFailures: 0,
      ...bounds,
    }).map(inShort);
  }
}

/** Starts a run and answers it with the commands of its beginning. */
export function play(input: unknown): { run: Play; first: string[] } {
  const run = new Play(compile(input));
  return { run, first: run.begin() };
}

/** A command as one line: `schedule a`, `skip b not_taken`, `finish success`. */
export function inShort(command: SchedulerCommand): string {
  switch (command.kind) {
    case 'schedule':
      return `schedule ${command.path}`;
    case 'skip':
    case 'end':
      return `${command.kind} ${command.path} ${command.reason}`;
    case 'check-loop':
      return `check-loop ${command.path} ${command.index}`;
    case 'close-loop':
      return ['close-loop', command.path, command.error].filter(Boolean).join(' ');
    case 'finish':
      return ['finish', command.status, ...command.openPaths].join(' ');
    case 'run-waiting':
    case 'run-resumed':
      return command.kind;
  }
}
