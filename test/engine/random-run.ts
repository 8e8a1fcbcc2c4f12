/** Plays random scenarios beside the oracle, seeing of the scheduler only what it says. */
import assert from 'node:assert/strict';
import { compileGraph } from '../../src/engine/definition/compile-graph.ts';
import type { SchedulerCommand, SchedulerInput } from '../../src/engine/scheduler/scheduler-types.ts';
import { Play } from './build.ts';
import type { OracleStatus } from './join-oracle.ts';
import { Oracle } from './run-oracle.ts';
import { conditionOf, endOfWait, outcomeOfLoop, startOf } from './script.ts';
import type { Scenario } from './script.ts';

/** More than any run of these scenarios takes. */
const maxSteps = 2_000;

/** A run of a scenario. */
export class RandomRun {
  readonly run: Play;
  readonly oracle: Oracle;
  /** By path: what the scheduler has said, or was told, last. */
  readonly statuses = new Map<string, OracleStatus>();
  isWaiting = false;
  readonly #scenario: Scenario;
  /** What is still to come in, by path. */
  readonly #coming = new Map<string, SchedulerInput>();

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
    this.run = new Play(compileGraph(scenario.definition));
    this.oracle = new Oracle(scenario.definition);
  }

  /** Begins. */
  begin(): SchedulerCommand[] {
    return this.#give({ kind: 'begin' });
  }

  /** Whether it has ended. */
  isOver(): boolean {
    return this.run.state.phase === 'finished';
  }

  /** Whether an answer is due. */
  isAnswerDue(): boolean {
    return this.#coming.size > 0;
  }

  /** Lets nothing new start, as before a run continues as new, or lets it start again. */
  hold(kind: 'hold' | 'release'): SchedulerCommand[] {
    return this.#give({ kind });
  }

  /** Lets one of the answers that are due come in. */
  step(choice: number): SchedulerCommand[] {
    const coming = [...this.#coming.values()];
    assert.ok(coming.length > 0, 'a run that has not ended has something to come');
    const input = coming[choice % coming.length] as Exclude<
      SchedulerInput,
      { kind: 'begin' | 'hold' | 'release' }
    >;
    this.#coming.delete(input.path);
    this.statuses.set(input.path, toldStatus(input));
    if (input.kind === 'waiting') this.#coming.set(input.path, endOfWait(this.#scenario, input.path));
    this.oracle.accept(input);
    return this.#give(input);
  }

  #give(input: SchedulerInput): SchedulerCommand[] {
    const commands = this.run.give(input);
    for (const command of commands) this.#note(command);
    return commands;
  }

  #note(command: SchedulerCommand): void {
    switch (command.kind) {
      case 'schedule':
        return this.#expect(command.path, startOf(this.#scenario, command));
      case 'check-loop':
        return this.#expect(command.path, conditionOf(this.#scenario, command));
      case 'close-loop':
        return this.#expect(command.path, outcomeOfLoop(command));
      case 'skip':
      case 'end':
        this.#coming.delete(command.path);
        this.statuses.set(command.path, command.kind === 'skip' ? 'skipped' : 'cancelled');
        return;
      case 'run-waiting':
      case 'run-resumed':
        assert.equal(this.isWaiting, command.kind === 'run-resumed', 'it says only what changes');
        this.isWaiting = command.kind === 'run-waiting';
        return;
      case 'finish':
        return;
    }
  }

  #expect(path: string, input: SchedulerInput): void {
    this.statuses.set(path, 'running');
    this.#coming.set(path, input);
  }
}

function toldStatus(input: SchedulerInput): OracleStatus {
  if (input.kind === 'finished') return input.status;
  return input.kind === 'waiting' ? 'waiting' : 'looping';
}

/** Plays a scenario in the order of its choices to the end; `look` sees every turn. */
export function playOut(
  scenario: Scenario,
  look: (random: RandomRun, commands: SchedulerCommand[]) => void = () => undefined,
): RandomRun {
  const random = new RandomRun(scenario);
  look(random, random.begin());
  for (let step = 0; !random.isOver(); step += 1) {
    assert.ok(step < maxSteps, 'the run ends');
    look(random, random.step(scenario.choices[step % scenario.choices.length] ?? 0));
  }
  return random;
}

/** As `playOut`, held again and again: at one of `every` answers, until another one of them or until nothing is due. */
export function playHeld(scenario: Scenario, every: number): RandomRun {
  const random = new RandomRun(scenario);
  random.begin();
  let isHeld = false;
  for (let step = 0; !random.isOver(); step += 1) {
    assert.ok(step < maxSteps, 'the run ends');
    const choice = scenario.choices[step % scenario.choices.length] ?? 0;
    if (choice % every === 0 || !random.isAnswerDue()) {
      random.hold(isHeld ? 'release' : 'hold');
      isHeld = !isHeld;
    }
    if (random.isOver() || !random.isAnswerDue()) continue;
    const commands = random.step(choice);
    if (isHeld)
      assert.ok(!commands.some(({ kind }) => kind === 'schedule'), 'nothing starts while it is held');
  }
  return random;
}
