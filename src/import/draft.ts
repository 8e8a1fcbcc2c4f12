/** The definition while it is made, and the report. */
import { isNodeId } from '../engine/definition/definition.ts';
import type { RetrySettings } from '../engine/definition/definition.ts';
import type { Json, JsonObject } from '../engine/json/json.ts';
import { plainText } from './jsonata.ts';
import type { Place, ReportEntry, ReportLevel } from './report.ts';

/** What is said of a node when it is added. */
export interface NewNode {
  type: string;
  payload?: JsonObject;
  retry?: RetrySettings;
  timeoutMs?: number;
  continueOnError?: boolean;
  join?: 'any' | 'first';
}

/** A node of the draft. */
export interface DraftNode extends NewNode {
  payload: JsonObject;
  title: string;
  children: string[];
  branches: Record<string, string[]>;
  onError: string[];
  loopBody?: string[];
  place: Place;
}

/** One end of an edge: where it leaves a node. */
export interface Leaf {
  node: string;
  kind: 'children' | 'onError' | { branch: string };
}

const longestId = 56;

/** Nodes by id, with what stood where in the source. */
export class Draft {
  readonly nodes = new Map<string, DraftNode>();
  readonly report: ReportEntry[] = [];
  readonly stubUnknown: boolean;
  #body: string[] | undefined;

  constructor({ stubUnknown = false }: { stubUnknown?: boolean } = {}) {
    this.stubUnknown = stubUnknown;
  }

  /** Whether nodes that are added now stand in the body of a loop. */
  get isInLoop(): boolean {
    return this.#body !== undefined;
  }

  /** Adds a node under an id made of its name; returns the id. */
  add(name: string, node: NewNode, place: Place): string {
    const id = this.#freeId(name, node.type);
    const title = name.trim().slice(0, 200);
    this.nodes.set(id, {
      payload: {},
      ...node,
      title,
      children: [],
      branches: {},
      onError: [],
      place,
    });
    this.#body?.push(id);
    return id;
  }

  /** Takes a node back that was added last on its level, before any edge leads to it. */
  discard(id: string): void {
    this.nodes.delete(id);
    if (this.#body?.includes(id)) this.#body.splice(this.#body.indexOf(id), 1);
  }

  /** Runs what adds the body of a loop; returns the ids that it added. */
  inLoop(addBody: () => void): string[] {
    const outer = this.#body;
    const body: string[] = [];
    this.#body = body;
    addBody();
    this.#body = outer;
    return body;
  }

  /** Runs what adds nodes; returns the ids that it added on this level. */
  during(addNodes: () => void): string[] {
    const outer = this.#body;
    const added: string[] = [];
    const before = new Set(this.nodes.keys());
    if (outer) this.#body = added;
    addNodes();
    this.#body = outer;
    outer?.push(...added);
    if (outer) return added;
    const inner = new Set([...this.nodes.values()].flatMap(({ loopBody = [] }) => loopBody));
    return [...this.nodes.keys()].filter((id) => !before.has(id) && !inner.has(id));
  }

  /** Draws an edge; one that is there already stays one. */
  connect(leaf: Leaf, to: string): void {
    const node = this.nodes.get(leaf.node);
    if (!node) return;
    const list = typeof leaf.kind === 'string' ? node[leaf.kind] : (node.branches[leaf.kind.branch] ??= []);
    if (!list.includes(to)) list.push(to);
  }

  /** Adds a line to the report, once. */
  tell(level: ReportLevel, place: Place, message: string, node?: string): void {
    const entry = { level, ...place, message, ...(node === undefined ? {} : { node }) };
    const text = JSON.stringify(entry);
    if (!this.report.some((one) => JSON.stringify(one) === text)) this.report.push(entry);
  }

  /** Adds the node that fails in place of a part without a meaning here, where that was asked for. */
  stub(name: string, what: string, place: Place): string | undefined {
    if (!this.stubUnknown) {
      this.tell('lost', place, `${what} has no counterpart and is left out; what follows it goes on`);
      return undefined;
    }
    const message = plainText(`${what} has no counterpart in Hookloom: put a node here that does its work`);
    const id = this.add(name, { type: 'fail', payload: { type: 'not_imported', message } }, place);
    this.tell('lost', place, `${what} has no counterpart; a node that fails stands in its place`, id);
    return id;
  }

  /** Returns the definition as it is now. */
  definition(rest: JsonObject): JsonObject {
    const nodes = [...this.nodes].map(([id, node]) => [id, plain(id, node)] as const);
    return { nodes: Object.fromEntries(nodes), ...rest };
  }

  #freeId(name: string, type: string): string {
    const words = name.normalize('NFKD').replaceAll(/[^A-Za-z0-9]+/g, '_');
    const trimmed = words.replaceAll(/^_+|_+$/g, '').slice(0, longestId);
    const plainId = /^[A-Za-z]/.test(trimmed) ? trimmed : `${type.replaceAll('-', '_')}_${trimmed}`;
    const base = isNodeId(plainId) && plainId !== 'root' ? plainId : `${plainId}_node`;
    let id = base;
    for (let count = 2; this.nodes.has(id); count += 1) id = `${base}_${count}`;
    return id;
  }
}

/** Without what is empty. */
function plain(id: string, node: DraftNode): JsonObject {
  const { place: _, type, title, ...rest } = node;
  const given = { type, ...(title === id || title === '' ? {} : { title }), ...rest };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => !isEmpty(value))) as JsonObject;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined) return true;
  return typeof value === 'object' && value !== null && Object.keys(value as Json & object).length === 0;
}
