import type { Fact, RecordedValue } from '../../engine/log/facts.ts';
import type { Json } from '../../engine/json/json.ts';
import type { NodeCall } from '../../engine/log/node-call.ts';
import type { Logger } from '../../log.ts';
import type { Recorded } from '../../store/log/judge-facts.ts';
import type { NewRun } from '../../store/starts/accept-run.ts';
import type { EffectiveNode } from '../../engine/definition/effective-node.ts';

/** The rules of a node that the recorder applies. */
export type NodeRules = EffectiveNode;

/** What the recorder needs of the store. */
export interface RecorderDependencies {
  append(runId: string, facts: readonly Fact[]): Promise<Recorded[]>;
  recordValue(owner: { runId: string; organizationId: string }, value: Json): Promise<RecordedValue>;
  startChild(runId: string, facts: readonly Fact[], child: NewRun): Promise<Recorded>;
  /** The output of a run that ends when this node has succeeded with this result; `after`: the sequence that it is of. */
  outputOf(call: NodeCall, result: RecordedValue): Promise<{ output: RecordedValue; after: number }>;
  executionIdOf(runId: string, path: string): string;
  /** The rules of a node, from the immutable version. */
  rulesOf(versionId: string, nodeId: string): Promise<NodeRules>;
  isOutage(error: unknown): boolean;
  log: Logger;
}
