import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkJoins } from '../../src/engine/definition/check-joins.ts';
import { definitionGraph } from '../../src/engine/definition/definition-graph.ts';
import { scopesOf } from '../../src/engine/log/path.ts';
import { reachability } from '../../src/engine/definition/reachability.ts';
import { advance } from '../../src/engine/scheduler/scheduler.ts';
import type { SchedulerCommand } from '../../src/engine/scheduler/scheduler-types.ts';
import { scenarios } from './random-definition.ts';
import { playHeld, playOut } from './random-run.ts';
import type { RandomRun } from './random-run.ts';
import type { Scenario } from './script.ts';

/** Races twice, since most of them are over before they begin. */
const allJoins = ['settled', 'all', 'any', 'first', 'count', 'quorum'] as const;
const runs = { numRuns: 1_000 };

function drained(scenario: Scenario): Scenario {
  const settings = { ...scenario.definition.settings, onNodeFailure: 'drain' as const };
  return { ...scenario, definition: { ...scenario.definition, settings } };
}

function commandsOf<Kind extends SchedulerCommand['kind']>(
  commands: readonly SchedulerCommand[],
  kind: Kind,
): Extract<SchedulerCommand, { kind: Kind }>[] {
  return commands.filter((command) => command.kind === kind) as never;
}

function agreeOnStatuses({ statuses, oracle }: RandomRun): void {
  const expected = [...oracle.statuses].filter(([path, status]) => path !== 'root' && status !== 'idle');
  assert.deepEqual(Object.fromEntries(statuses), Object.fromEntries(expected));
}

function agreeOnLoops({ oracle }: RandomRun, commands: readonly SchedulerCommand[]): void {
  for (const { path, started, succeeded, failedPaths, error } of commandsOf(commands, 'close-loop')) {
    const loop = oracle.loops.get(path);
    assert.deepEqual(
      { started, succeeded, failedPaths, error },
      { started: loop?.begun, succeeded: loop?.succeeded, failedPaths: loop?.failed, error: loop?.error },
    );
  }
}

function agreeOnEnd({ run, oracle, isWaiting }: RandomRun): void {
  const end = commandsOf(run.all, 'finish');
  if (!oracle.isOver()) {
    assert.deepEqual(end, []);
    assert.equal(isWaiting, oracle.isWaiting());
    return;
  }
  const status = oracle.failed ? 'failure' : oracle.partial ? 'partial' : 'success';
  assert.deepEqual(
    end.map((one) => [one.status, one.openPaths]),
    [[status, oracle.unfinished()]],
  );
}

/** Beginnings of the paths inside loops and iterations that failed: there the order decides what is ended early. */
function insideFailures({ run, statuses }: RandomRun): string[] {
  const loops = [...statuses].filter(([, status]) => status === 'failure').map(([path]) => `${path}[`);
  const failed = commandsOf(run.all, 'close-loop').flatMap(({ failedPaths }) => failedPaths);
  return [...loops, ...failed.map((path) => path.slice(0, path.lastIndexOf('/') + 1))];
}

function agreeOnFinalStates(one: RandomRun, two: RandomRun): void {
  const left = [...insideFailures(one), ...insideFailures(two)];
  const compared = ({ statuses }: RandomRun) =>
    Object.fromEntries(
      [...statuses].filter(([path]) => !left.some((beginning) => path.startsWith(beginning))),
    );
  assert.deepEqual(compared(one), compared(two));
  for (const { run } of [one, two]) assert.deepEqual(run.all.at(-1)?.kind, 'finish');
}

describe('over random graphs the scheduler', () => {
  it('agrees with the definition page after every answer', () => {
    fc.assert(
      fc.property(scenarios(allJoins), (scenario) => {
        playOut(scenario, (random, commands) => {
          agreeOnStatuses(random);
          agreeOnLoops(random, commands);
          agreeOnEnd(random);
        });
      }),
      { numRuns: 2_000 },
    );
  });

  it('comes to the same final states in any order of answers when no join ends the rest', () => {
    fc.assert(
      fc.property(
        scenarios(['settled', 'all', 'any', 'count']),
        fc.array(fc.nat(1_000), { minLength: 9 }),
        (given, choices) => {
          const scenario = drained(given);
          agreeOnFinalStates(playOut(scenario), playOut({ ...scenario, choices }));
        },
      ),
      runs,
    );
  });

  it('comes to the same final states however often it is held and released', () => {
    fc.assert(
      fc.property(
        scenarios(['settled', 'all', 'any', 'count']),
        fc.integer({ min: 2, max: 9 }),
        (given, every) => {
          const scenario = drained(given);
          agreeOnFinalStates(playOut(scenario), playHeld(scenario, every));
        },
      ),
      runs,
    );
  });

  it('decides each edge exactly once and gives each node exactly one final state', () => {
    fc.assert(
      fc.property(scenarios(allJoins), (scenario) => {
        const { run, statuses } = playOut(drained(scenario));
        const top = run.graph.nodes.filter(({ loop }) => loop === undefined);
        const lists = top.flatMap((node) => [node.children, node.onError, ...Object.values(node.branches)]);
        const targets = [...run.graph.roots, ...lists.flat()];
        const incoming = top.map(({ id }) => targets.filter((to) => to === id).length);
        assert.deepEqual(run.state.scopes['']?.decided, incoming);
        for (const path of statuses.keys()) {
          const own = run.all
            .filter((command) => 'path' in command && command.path === path)
            .map((command) => command.kind)
            .filter((kind) => kind === 'schedule' || kind === 'skip' || kind === 'end');
          assert.ok(['schedule', 'skip', 'schedule,end'].includes(own.join()), `${path}: ${own.join()}`);
        }
      }),
      runs,
    );
  });

  it('leaves nothing behind when every node has its final state', () => {
    fc.assert(
      fc.property(scenarios(allJoins), (scenario) => {
        const { state } = playOut(drained(scenario)).run;
        const { queued, inFlight, waiting, busyLoops, loops, scopes } = state;
        assert.deepEqual(
          { queued, inFlight, waiting, busyLoops },
          { queued: 0, inFlight: 0, waiting: 0, busyLoops: 0 },
        );
        assert.deepEqual([Object.keys(loops), Object.keys(scopes), scopes['']?.open], [[], [''], 0]);
      }),
      runs,
    );
  });

  it('says how the run ends with the success of a node when that leaves nothing to be decided, and only then', () => {
    let said = 0;
    fc.assert(
      fc.property(scenarios(allJoins), fc.boolean(), (given, drains) => {
        playOut(drains ? drained(given) : given, ({ run }, commands) => {
          for (const { path, ends } of commandsOf(commands, 'schedule')) {
            const success = { kind: 'finished', path, status: 'success' } as const;
            const [first] = advance(run.graph, structuredClone(run.state), success);
            const isEnd = first?.kind === 'finish' && first.status !== 'failure';
            assert.equal(ends, isEnd ? first.status : undefined, path);
            said += Number(isEnd);
          }
        });
      }),
      runs,
    );
    assert.ok(said > 100, String(said));
  });

  it('takes no notice of late answers of what it has ended', () => {
    fc.assert(
      fc.property(scenarios(allJoins), (scenario) => {
        playOut(scenario, ({ run }, commands) => {
          for (const { path } of [...commandsOf(commands, 'end'), ...commandsOf(commands, 'skip')]) {
            const before = JSON.stringify(run.state);
            run.give(
              { kind: 'waiting', path },
              { kind: 'loop-opened', path, itemCount: 2, maxConcurrency: 1, toleratedFailures: 0 },
              { kind: 'loop-condition', path, holds: true, limitReached: false },
              { kind: 'finished', path, status: 'failure' },
            );
            assert.equal(JSON.stringify(run.state), before, path);
          }
        });
      }),
      runs,
    );
  });
});

describe('over random graphs the static analysis', () => {
  it('says always and never only when every run agrees', () => {
    fc.assert(
      fc.property(scenarios(allJoins), (scenario) => {
        const canHaveRun = reachability(scenario.definition);
        playOut(scenario, ({ run, statuses }, commands) => {
          const hasRun = (path: string) =>
            ['success', 'partial', 'failure'].includes(statuses.get(path) ?? '');
          for (const { path, nodeId: from } of commandsOf(commands, 'schedule')) {
            for (const { id: to, loop } of run.graph.nodes) {
              // What a loop's own expressions see of its body is of a later time.
              if (loop === from) continue;
              const answer = canHaveRun(from, to);
              const isSeen = scopesOf(path).some((prefix) => hasRun(prefix + to));
              if (answer === 'always') assert.ok(isSeen, `${to} has not run before ${path}`);
              if (answer === 'never') assert.ok(!isSeen, `${to} has run before ${path}`);
            }
          }
        });
      }),
      { numRuns: 1_500 },
    );
  });

  it('calls a join unsatisfiable only when no run ever starts the node', () => {
    fc.assert(
      fc.property(scenarios(['all', 'count', 'settled'], 7), (scenario) => {
        const blamed = checkJoins(definitionGraph(scenario.definition)).map(
          (one) => one.pointer.split('/')[2],
        );
        for (const { path, nodeId } of commandsOf(playOut(scenario).run.all, 'schedule'))
          assert.ok(!blamed.includes(nodeId), `${path} was started`);
      }),
      { numRuns: 2_000 },
    );
  });
});
