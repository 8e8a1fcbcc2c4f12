/**
 * The compiled graph: all that the workflow needs to know of a definition version. It holds ids, edges, joins and
 * bounds, never a payload, so no user value and no secret reaches Temporal's history.
 */

/** When a node may start, as in the definition. */
export type Join = 'settled' | 'all' | 'any' | 'first' | { count: number; cancelRest?: boolean | undefined };

/** Whether a join, once it lets its node through, ends what can lead only there. */
export function endsRest(join: Join): boolean {
  return join === 'first' || (typeof join === 'object' && join.cancelRest === true);
}

/**
 * How the interpreter carries a node out.
 * - `local`: a Local Activity (pure nodes); `remote`: reaches outside, an Activity once it takes time or is tried again
 * - `delay`, `wait`: evaluated by a Local Activity, then a timer or a resume
 * - `loop`: opened and closed by Local Activities around its iterations
 * - `child`: starts a run of its own and waits for its end
 */
export type NodeMode = 'local' | 'remote' | 'delay' | 'wait' | 'loop' | 'child';

/** One node of the graph. Every edge list holds node ids in the same scope. */
export interface GraphNode {
  id: string;
  type: string;
  mode: NodeMode;
  join: Join;
  /** Edges taken after success. */
  children: string[];
  /** Edges by branch name; taken when the branch is selected. */
  branches: Record<string, string[]>;
  /** Edges taken after a final failure, which then counts as handled. */
  onError: string[];
  continueOnError: boolean;
  /** Id of the loop whose body holds this node; absent outside loops. */
  loop?: string;
  /** Ids of the loop's body nodes; only for `mode: 'loop'`. */
  body?: string[];
}

/** A definition version as the workflow sees it. `nodes` holds every node except the trigger root, in definition order. */
export interface CompiledGraph {
  formatVersion: 1;
  /** Node ids the trigger leads to. */
  roots: string[];
  nodes: GraphNode[];
  onNodeFailure: 'cancel' | 'drain';
  /** Bound of the whole run in milliseconds; absent: none. */
  timeoutMs?: number;
}
