/**
 * A run as the definition page has it: after every answer all that has begun is looked at again from the beginning,
 * until nothing changes. Knows nothing of the scheduler but the form of what it is told.
 */
import type { Definition, DefinitionNode } from '../../src/engine/definition/definition.ts';
import type { SchedulerInput } from '../../src/engine/scheduler/scheduler-types.ts';
import { allEdges, decisionOf, isFinal, leadsOnlyInto, verdict } from './join-oracle.ts';
import type { OracleEdge, OracleStatus } from './join-oracle.ts';

type Input<Kind> = Extract<SchedulerInput, { kind: Kind }>;

/** An opened loop. */
export interface OracleLoop {
  bounds: Input<'loop-opened'>;
  begun: number;
  /** Indexes of the iterations that run. */
  open: Set<number>;
  succeeded: number;
  /** Paths of the nodes that made iterations fail. */
  failed: string[];
  error?: 'loop_failed' | 'loop_limit';
}

/** A run. A *scope* is the run itself or an iteration that runs, by the prefix of its paths: empty, `each[3]/`. */
export class Oracle {
  /** By path: every node of the run and of each iteration that has begun. */
  readonly statuses = new Map<string, OracleStatus>();
  /** By path. */
  readonly loops = new Map<string, OracleLoop>();
  failed = false;
  partial = false;
  /** Ended early by an unhandled failure. */
  ended = false;
  readonly #definition: Definition;
  readonly #edges: OracleEdge[];
  readonly #branches = new Map<string, string | undefined>();
  /** Path of the first failure by the prefix of an iteration that goes on after it. */
  readonly #draining = new Map<string, string>();
  /** Ids by prefix. */
  readonly #scopes = new Map<string, string[]>();

  constructor(definition: Definition) {
    this.#definition = definition;
    this.#edges = allEdges(definition);
    const inLoops = Object.values(definition.nodes).flatMap((node) => node.loopBody ?? []);
    this.#beginScope(
      '',
      Object.keys(definition.nodes).filter((id) => !inLoops.includes(id)),
    );
    this.statuses.set('root', 'success');
    this.#settle();
  }

  /** Takes in what has happened. */
  accept(input: SchedulerInput): void {
    if (input.kind === 'waiting') this.statuses.set(input.path, 'waiting');
    if (input.kind === 'loop-opened') this.#open(input);
    if (input.kind === 'loop-condition') this.#checked(input);
    if (input.kind === 'finished') this.#finish(input);
    if (!this.ended) this.#settle();
  }

  isOver(): boolean {
    return this.ended || this.unfinished().length === 0;
  }

  /** Whether nothing but waits is unfinished among what has begun. */
  isWaiting(): boolean {
    const statuses = [...this.statuses.values()];
    return statuses.includes('waiting') && !statuses.includes('running');
  }

  /** Paths without a final state in definition order, what is inside a loop before the loop. */
  unfinished(prefix = ''): string[] {
    return (this.#scopes.get(prefix) ?? []).flatMap((id) => {
      const path = prefix + id;
      if (isFinal(this.#status(path))) return [];
      const inside = this.#iterations(path).flatMap((iteration) => this.unfinished(iteration));
      return [...inside, path];
    });
  }

  #status(path: string): OracleStatus {
    return this.statuses.get(path) ?? 'idle';
  }

  #node(path: string): DefinitionNode {
    return this.#definition.nodes[path.slice(path.lastIndexOf('/') + 1)] as DefinitionNode;
  }

  #iterations(loopPath: string): string[] {
    return [...(this.loops.get(loopPath)?.open ?? [])].map((index) => `${loopPath}[${index}]/`);
  }

  #beginScope(prefix: string, ids: string[]): void {
    this.#scopes.set(prefix, ids);
    for (const id of ids) this.statuses.set(prefix + id, 'idle');
  }

  #open(bounds: Input<'loop-opened'>): void {
    this.loops.set(bounds.path, { bounds, begun: 0, open: new Set(), succeeded: 0, failed: [] });
    this.statuses.set(bounds.path, 'looping');
  }

  #checked({ path, holds, limitReached }: Input<'loop-condition'>): void {
    const loop = this.loops.get(path) as OracleLoop;
    if (holds && limitReached) loop.error = 'loop_limit';
    else if (holds) this.#beginIteration(path, loop);
  }

  #beginIteration(path: string, loop: OracleLoop): void {
    this.#beginScope(`${path}[${loop.begun}]/`, this.#node(path).loopBody ?? []);
    loop.open.add(loop.begun);
    loop.begun += 1;
    this.statuses.set(path, 'looping');
  }

  #finish({ path, status, branch }: Input<'finished'>): void {
    const own = this.#loopOutcome(path) ?? status;
    this.statuses.set(path, own);
    this.#branches.set(path, branch);
    if (own === 'partial') this.partial = true;
    const { onError, continueOnError } = this.#node(path);
    if (own === 'failure' && onError.length === 0 && !continueOnError) this.#failUnhandled(path);
  }

  #loopOutcome(path: string): 'failure' | 'partial' | 'success' | undefined {
    const loop = this.loops.get(path);
    if (!loop) return undefined;
    if (loop.error) return 'failure';
    return loop.failed.length > 0 ? 'partial' : 'success';
  }

  #failUnhandled(path: string): void {
    const iteration = /^(.*)\[(\d+)\]\/[^/]*$/.exec(path);
    if (!iteration) {
      this.failed = true;
      this.ended = this.#definition.settings.onNodeFailure === 'cancel';
      return;
    }
    const [, loopPath = '', index] = iteration;
    const loop = this.loops.get(loopPath) as OracleLoop;
    if (this.#definition.settings.onNodeFailure === 'drain') {
      const scope = `${loopPath}[${index}]/`;
      if (!this.#draining.has(scope)) this.#draining.set(scope, path);
      return;
    }
    this.#endScope(`${loopPath}[${index}]/`);
    loop.open.delete(Number(index));
    loop.failed.push(path);
  }

  #settle(): void {
    const looks = () => [...this.#scopes].flatMap(([prefix, ids]) => ids.map((id) => prefix + id));
    while (looks().some((path) => this.#look(path)));
    for (const [path, status] of this.statuses) if (status === 'queued') this.statuses.set(path, 'running');
  }

  /** Returns whether anything has changed. */
  #look(path: string): boolean {
    const status = this.#status(path);
    if (status === 'looping') return this.#lookIntoLoop(path, this.loops.get(path) as OracleLoop);
    if (status !== 'idle') return false;
    const [prefix, id] = splitPath(path);
    const incoming = this.#edges.filter((edge) => edge.to === id);
    const decisions = incoming.map((edge) =>
      decisionOf(edge, this.#status(prefix + edge.from), this.#branches.get(prefix + edge.from)),
    );
    // Where nothing leads to, an iteration begins.
    const next = incoming.length === 0 ? 'queued' : verdict(this.#node(path).join, decisions);
    if (next === 'idle') return false;
    this.statuses.set(path, next);
    if (next === 'queued' && hasLosers(this.#node(path).join)) this.#endLosers(prefix, id);
    return true;
  }

  #endLosers(prefix: string, winner: string): void {
    for (const id of this.#scopes.get(prefix) ?? []) {
      if (leadsOnlyInto(this.#edges, id, winner)) this.#end(prefix + id);
    }
  }

  #lookIntoLoop(path: string, loop: OracleLoop): boolean {
    const { itemCount, maxConcurrency, toleratedFailures } = loop.bounds;
    const over = [...loop.open].find((index) => this.unfinished(`${path}[${index}]/`).length === 0);
    if (over !== undefined) {
      loop.open.delete(over);
      const failed = this.#draining.get(`${path}[${over}]/`);
      if (failed === undefined) loop.succeeded += 1;
      else loop.failed.push(failed);
      this.#scopes.delete(`${path}[${over}]/`);
    } else if (loop.failed.length > toleratedFailures) {
      for (const iteration of this.#iterations(path)) this.#endScope(iteration);
      loop.open.clear();
      loop.error = 'loop_failed';
      this.statuses.set(path, 'running');
    } else if (itemCount !== undefined && loop.open.size < maxConcurrency && loop.begun < itemCount) {
      this.#beginIteration(path, loop);
    } else if (loop.open.size === 0) {
      // It asks for its next condition, or for its end.
      this.statuses.set(path, 'running');
    } else return false;
    return true;
  }

  #endScope(prefix: string): void {
    for (const id of this.#scopes.get(prefix) ?? []) this.#end(prefix + id);
    this.#scopes.delete(prefix);
  }

  #end(path: string): void {
    const status = this.#status(path);
    if (isFinal(status)) return;
    for (const iteration of this.#iterations(path)) this.#endScope(iteration);
    this.statuses.set(path, status === 'idle' || status === 'queued' ? 'skipped' : 'cancelled');
  }
}

function splitPath(path: string): [prefix: string, id: string] {
  const cut = path.lastIndexOf('/') + 1;
  return [path.slice(0, cut), path.slice(cut)];
}

function hasLosers(join: DefinitionNode['join']): boolean {
  return join === 'first' || (typeof join === 'object' && join.cancelRest === true);
}
