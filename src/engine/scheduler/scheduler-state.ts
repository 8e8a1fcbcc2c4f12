/**
 * The scheduler's state: plain JSON, so that it travels through continue-as-new. A *scope* is the run itself or one
 * iteration of a loop; its key is the path prefix of its nodes: empty, `each[3]`, `outer[0]/inner[2]`.
 */
import { indexGraph } from '../definition/graph-index.ts';
import type { GraphIndex, LayoutNode, ScopeLayout } from '../definition/graph-index.ts';
import type { CompiledGraph } from '../definition/graph.ts';
import type { SchedulerCommand } from './scheduler-types.ts';

/** States of a node inside a scope. Numbers, because a run may hold 100,000 of them. */
export const nodeState = {
  idle: 0,
  /** Its join has let it through; it starts when there is room. */
  queued: 1,
  running: 2,
  waiting: 3,
  success: 4,
  partial: 5,
  failure: 6,
  skipped: 7,
  cancelled: 8,
} as const;

/** Whether a node in this state has ended. */
export function isFinalState(state: number): boolean {
  return state >= nodeState.success;
}

/** One scope; lists are by node number of its layout. */
export interface ScopeState {
  states: number[];
  /** Incoming edges that are decided, and of these the taken ones. */
  decided: number[];
  taken: number[];
  /** Nodes without a final state. */
  open: number;
  /** Number of the node whose unhandled failure came first, in an iteration that drains. */
  failed?: number;
}

/** A loop between its opening and its outcome. */
export interface LoopState {
  /** Absent for `repeat`. */
  itemCount?: number;
  /** Index of the next iteration. */
  next: number;
  /** Indexes of the iterations that run. */
  open: number[];
  maxConcurrency: number;
  toleratedFailures: number;
  succeeded: number;
  /** Per failed iteration its index and the number of the node that failed. */
  failures: [index: number, node: number][];
  /** A condition is being checked, or the loop is being closed. */
  isBusy: boolean;
  /** Its time was over while it was busy. */
  isOverdue?: true;
}

/** All that the scheduler knows of a run. Iterations that are over leave nothing but their count. */
export interface SchedulerState {
  stateVersion: 1;
  phase: 'new' | 'running' | 'finished';
  scopes: Record<string, ScopeState>;
  /** By path of the loop, followed by `[` so that no key meets a property that every object has. */
  loops: Record<string, LoopState>;
  /** Paths let through, first in first out from `head`; those that have ended meanwhile are passed over. */
  queue: string[];
  head: number;
  queued: number;
  /** Started and neither ended nor waiting; opened loops do not count. */
  inFlight: number;
  waiting: number;
  /** Loops that check a condition or close. */
  busyLoops: number;
  /** Nodes of the run and of every iteration begun so far. */
  executions: number;
  /** Nothing starts until released. */
  isHeld: boolean;
  isWaiting: boolean;
  hasPartial: boolean;
  /** The first unhandled failure of a draining run. */
  failedPath?: string;
}

/** Creates the state of a run that has not begun. */
export function createState(): SchedulerState {
  return {
    stateVersion: 1,
    phase: 'new',
    scopes: {},
    loops: {},
    queue: [],
    head: 0,
    queued: 0,
    inFlight: 0,
    waiting: 0,
    busyLoops: 0,
    executions: 0,
    isHeld: false,
    isWaiting: false,
    hasPartial: false,
  };
}

/** One call of `advance`: what it reads, changes and answers. */
export interface Turn {
  graph: CompiledGraph;
  index: GraphIndex;
  state: SchedulerState;
  commands: SchedulerCommand[];
}

/** Begins a turn. */
export function createTurn(graph: CompiledGraph, state: SchedulerState): Turn {
  return { graph, index: indexGraph(graph), state, commands: [] };
}

/** An open scope with its layout. */
export interface Scope {
  key: string;
  state: ScopeState;
  layout: ScopeLayout;
}

/** One node of an open scope. */
export interface Place {
  scope: Scope;
  number: number;
  laidOut: LayoutNode;
  path: string;
}

/** Finds an open scope; `undefined` when it never began or is over. */
export function findScope({ state, index }: Pick<Turn, 'state' | 'index'>, key: string): Scope | undefined {
  const scope = Object.hasOwn(state.scopes, key) ? state.scopes[key] : undefined;
  const layout = index.get(key.slice(key.lastIndexOf('/') + 1).replace(/\[\d+\]$/, ''));
  return scope && layout && { key, state: scope, layout };
}

/** Opens a scope with all nodes idle. */
export function openScope({ state }: Turn, key: string, layout: ScopeLayout): Scope {
  const count = layout.nodes.length;
  const zeros = (): number[] => new Array<number>(count).fill(0);
  const scope: ScopeState = { states: zeros(), decided: zeros(), taken: zeros(), open: count };
  state.scopes[key] = scope;
  state.executions += count;
  return { key, state: scope, layout };
}

/** Returns a node of a scope by number. */
export function placeIn(scope: Scope, number: number): Place {
  const laidOut = scope.layout.nodes[number];
  if (!laidOut) throw new TypeError(`scope ${scope.key} has no node ${number}`);
  const { id } = laidOut.node;
  return { scope, number, laidOut, path: scope.key === '' ? id : `${scope.key}/${id}` };
}

/** Finds the node at a path, as long as its scope is open. */
export function findPlace(turn: Pick<Turn, 'state' | 'index'>, path: string): Place | undefined {
  const cut = path.lastIndexOf('/');
  const scope = findScope(turn, cut < 0 ? '' : path.slice(0, cut));
  const number = scope?.layout.numberOf.get(path.slice(cut + 1));
  return scope && number !== undefined ? placeIn(scope, number) : undefined;
}

/** Reads a node's state. */
export function stateOf({ scope, number }: Place): number {
  return scope.state.states[number] ?? nodeState.idle;
}

/** Sets a node's state, and counts it off when that is final. */
export function setState({ scope, number }: Place, state: number): void {
  scope.state.states[number] = state;
  if (isFinalState(state)) scope.state.open -= 1;
}

/** Finds an opened loop by path. */
export function findLoop({ state }: Pick<Turn, 'state'>, path: string): LoopState | undefined {
  return state.loops[`${path}[`];
}
