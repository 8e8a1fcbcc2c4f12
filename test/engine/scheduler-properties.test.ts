import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compileGraph } from '../../src/engine/compile-graph.ts';
import type { SchedulerCommand } from '../../src/engine/scheduler-types.ts';
import { nodeState } from '../../src/engine/scheduler-state.ts';
import { checkJoins } from '../../src/engine/check-joins.ts';
import { definitionGraph } from '../../src/engine/definition-graph.ts';
import { reachability } from '../../src/engine/reachability.ts';
import { Play } from './build.ts';
import { Oracle } from './join-oracle.ts';
import { scenarios } from './random-definition.ts';
import type { Scenario } from './random-definition.ts';

const allJoins = ['settled', 'all', 'any', 'first', 'count'] as const;
const runs = { numRuns: 1_000 };

/** Plays a scenario in the order of its choices; `look` sees every turn. */
function playOut(
  scenario: Scenario,
  look: (run: Play, commands: SchedulerCommand[]) => void = () => undefined,
): Play {
  const run = new Play(compileGraph(scenario.definition));
  look(run, run.give({ kind: 'begin' }));
  for (let step = 0; run.state.phase === 'running'; step += 1) {
    const running = pathsIn(run, nodeState.running);
    assert.ok(running.length > 0, 'a run that has not ended has something running');
    const path = running[(scenario.choices[step % scenario.choices.length] ?? 0) % running.length] ?? '';
    look(run, run.give({ kind: 'finished', path, ...(scenario.script[path] ?? { status: 'success' }) }));
  }
  return run;
}

function pathsIn(run: Play, ...states: number[]): string[] {
  const found = run.state.scopes['']?.states ?? [];
  return run.graph.nodes.flatMap((node, number) => (states.includes(found[number] ?? -1) ? [node.id] : []));
}

function statusesOf(run: Play): Record<string, string> {
  const names = Object.fromEntries(Object.entries(nodeState).map(([name, number]) => [number, name]));
  const states = run.state.scopes['']?.states ?? [];
  return Object.fromEntries(
    run.graph.nodes.map((node, number) => [node.id, names[states[number] ?? 0] ?? '']),
  );
}

describe('over random graphs the scheduler', () => {
  it('agrees with the table of joins after every completion', () => {
    fc.assert(
      fc.property(scenarios(allJoins), (scenario) => {
        let oracle: Oracle | undefined;
        let before: string[] = [];
        playOut(scenario, (run) => {
          if (!oracle) oracle = new Oracle(scenario.definition, scenario.script);
          else {
            const now = statusesOf(run);
            const completed = before.find((id) => now[id] === 'success' || now[id] === 'failure') ?? '';
            oracle.complete(completed);
          }
          const scheduled = new Set(run.all.flatMap((one) => (one.kind === 'schedule' ? [one.path] : [])));
          // A loser that was let through in the very turn in which it lost has never been scheduled.
          const expected = Object.fromEntries(
            [...oracle.statuses]
              .filter(([id]) => id !== 'root')
              .map(([id, status]) => [id, status === 'cancelled' && !scheduled.has(id) ? 'skipped' : status]),
          );
          assert.deepEqual(statusesOf(run), expected);
          before = pathsIn(run, nodeState.running);
          const isOver = oracle.ended || oracle.running().length === 0;
          assert.equal(run.state.phase, isOver ? 'finished' : 'running');
          const end = run.all.at(-1);
          if (isOver)
            assert.equal(end?.kind === 'finish' && end.status, oracle.failed ? 'failure' : 'success');
        });
      }),
      runs,
    );
  });

  it('comes to the same final states in any order of completions when no join is first', () => {
    fc.assert(
      fc.property(
        scenarios(['settled', 'all', 'any', 'count']),
        fc.array(fc.nat(1_000), { minLength: 9 }),
        (scenario, other) => {
          const definition = {
            ...scenario.definition,
            settings: { ...scenario.definition.settings, onNodeFailure: 'drain' as const },
          };
          const one = playOut({ ...scenario, definition });
          const two = playOut({ ...scenario, definition, choices: other });
          assert.deepEqual(statusesOf(one), statusesOf(two));
        },
      ),
      runs,
    );
  });

  it('decides each edge exactly once and gives each node exactly one final state', () => {
    fc.assert(
      fc.property(scenarios(allJoins), (scenario) => {
        const definition = {
          ...scenario.definition,
          settings: { ...scenario.definition.settings, onNodeFailure: 'drain' as const },
        };
        const run = playOut({ ...scenario, definition });
        const incoming = run.graph.nodes.map(({ id }) => {
          const lists = [
            run.graph.roots,
            ...run.graph.nodes.flatMap((node) => [
              node.children,
              node.onError,
              ...Object.values(node.branches),
            ]),
          ];
          return lists.flat().filter((to) => to === id).length;
        });
        assert.deepEqual(run.state.scopes['']?.decided, incoming);
        for (const { id } of run.graph.nodes) {
          const own = run.all
            .filter((command) => 'path' in command && command.path === id)
            .map((command) => command.kind);
          assert.ok(
            [['schedule'], ['skip'], ['schedule', 'end']].some((allowed) => allowed.join() === own.join()),
            `${id}: ${own.join()}`,
          );
        }
      }),
      runs,
    );
  });

  it('leaves every node either final or among the open paths of an early end', () => {
    fc.assert(
      fc.property(scenarios(allJoins), (scenario) => {
        const run = playOut(scenario);
        const end = run.all.at(-1);
        assert.equal(end?.kind, 'finish');
        const unfinished = pathsIn(
          run,
          nodeState.idle,
          nodeState.queued,
          nodeState.running,
          nodeState.waiting,
        );
        assert.deepEqual(end?.kind === 'finish' && end.openPaths, unfinished);
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
        playOut(scenario, (run, commands) => {
          const started = commands.flatMap((command) => (command.kind === 'schedule' ? [command.path] : []));
          const haveRun = pathsIn(run, nodeState.success, nodeState.failure);
          for (const from of started) {
            for (const { id: to } of run.graph.nodes) {
              const answer = canHaveRun(from, to);
              if (answer === 'always') assert.ok(haveRun.includes(to), `${to} has not run before ${from}`);
              if (answer === 'never') assert.ok(!haveRun.includes(to), `${to} has run before ${from}`);
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
        const run = playOut(scenario);
        for (const command of run.all) {
          if (command.kind === 'schedule')
            assert.ok(!blamed.includes(command.path), `${command.path} was started`);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
