/**
 * A second reading of the definition page, as plain as can be: after every completion the whole graph is looked at
 * again from the beginning. Knows nothing of the scheduler.
 */
import type { Definition, DefinitionNode } from '../../src/engine/definition.ts';
import type { Scripted } from './random-definition.ts';

export type OracleStatus = 'idle' | 'running' | 'success' | 'failure' | 'skipped' | 'cancelled';

interface OracleEdge {
  from: string;
  to: string;
  isTaken: (status: OracleStatus, branch: string | undefined) => boolean;
}

/** A run as the table of joins has it. */
export class Oracle {
  readonly statuses = new Map<string, OracleStatus>();
  /** `failure` once the run has ended early. */
  ended = false;
  failed = false;
  readonly #definition: Definition;
  readonly #script: Record<string, Scripted>;
  readonly #edges: OracleEdge[];

  constructor(definition: Definition, script: Record<string, Scripted>) {
    this.#definition = definition;
    this.#script = script;
    this.#edges = Object.entries(definition.nodes).flatMap(([from, node]) => edgesOf(from, node));
    for (const id of Object.keys(definition.nodes)) this.statuses.set(id, 'idle');
    this.statuses.set('root', 'success');
    this.#settle();
  }

  running(): string[] {
    return [...this.statuses].filter(([, status]) => status === 'running').map(([id]) => id);
  }

  complete(id: string): void {
    const status = this.#script[id]?.status ?? 'success';
    this.statuses.set(id, status);
    const node = this.#definition.nodes[id] as DefinitionNode;
    if (status === 'failure' && node.onError.length === 0 && !node.continueOnError) {
      this.failed = true;
      if (this.#definition.settings.onNodeFailure === 'cancel') this.ended = true;
    }
    if (!this.ended) this.#settle();
  }

  /** Looks at every node again and again until nothing changes. */
  #settle(): void {
    for (let changed = true; changed;) {
      changed = Object.keys(this.#definition.nodes).some((id) => this.#look(id));
    }
  }

  #look(id: string): boolean {
    if (this.statuses.get(id) !== 'idle') return false;
    const incoming = this.#edges.filter((edge) => edge.to === id).map((edge) => this.#decision(edge));
    const taken = incoming.filter((decision) => decision === 'taken').length;
    const open = incoming.filter((decision) => decision === 'open').length;
    const next = verdict((this.#definition.nodes[id] as DefinitionNode).join, {
      all: incoming.length,
      taken,
      open,
    });
    if (next === 'idle') return false;
    this.statuses.set(id, next);
    if (next === 'running' && this.#definition.nodes[id]?.join === 'first') this.#endLosers(id);
    return true;
  }

  #decision(edge: OracleEdge): 'open' | 'taken' | 'not taken' {
    const status = this.statuses.get(edge.from) ?? 'idle';
    if (status === 'idle' || status === 'running') return 'open';
    return edge.isTaken(status, this.#script[edge.from]?.branch) ? 'taken' : 'not taken';
  }

  #endLosers(winner: string): void {
    for (const [id, status] of this.statuses) {
      if ((status !== 'idle' && status !== 'running') || id === winner || !this.#leadsOnlyInto(id, winner))
        continue;
      this.statuses.set(id, status === 'running' ? 'cancelled' : 'skipped');
    }
  }

  /** Whether every way from a node that goes as far as it can passes the target. */
  #leadsOnlyInto(id: string, target: string): boolean {
    const next = this.#edges.filter((edge) => edge.from === id).map((edge) => edge.to);
    return next.length > 0 && next.every((to) => to === target || this.#leadsOnlyInto(to, target));
  }
}

function edgesOf(from: string, node: DefinitionNode): OracleEdge[] {
  const succeeded = (status: OracleStatus) => status === 'success';
  return [
    ...node.children.map((to) => ({
      from,
      to,
      isTaken: (status: OracleStatus) => succeeded(status) || (status === 'failure' && node.continueOnError),
    })),
    ...Object.entries(node.branches).flatMap(([name, ids]) =>
      ids.map((to) => ({
        from,
        to,
        isTaken: (status: OracleStatus, branch: string | undefined) => succeeded(status) && branch === name,
      })),
    ),
    ...node.onError.map((to) => ({ from, to, isTaken: (status: OracleStatus) => status === 'failure' })),
  ];
}

function verdict(
  join: DefinitionNode['join'],
  edges: { all: number; taken: number; open: number },
): 'idle' | 'running' | 'skipped' {
  const notTaken = edges.all - edges.taken - edges.open;
  if (join === 'settled') {
    if (edges.open > 0) return 'idle';
    return edges.taken > 0 ? 'running' : 'skipped';
  }
  if (join === 'all') {
    if (notTaken > 0) return 'skipped';
    return edges.open === 0 ? 'running' : 'idle';
  }
  if (typeof join === 'object') {
    if (edges.taken >= join.count) return 'running';
    return edges.taken + edges.open < join.count ? 'skipped' : 'idle';
  }
  if (edges.taken > 0) return 'running';
  return edges.open === 0 ? 'skipped' : 'idle';
}
