import type { WholeWorkflow } from '../data/types.ts';
import type { Draft } from './use-draft.ts';

/** What of a workflow is being looked at: it stands in the address. */
export interface WorkflowSearch {
  tab?: string;
  /** Id of a node of the graph. */
  node?: string;
  /** Versions that are compared. */
  from?: string;
  to?: string;
}

/** A workflow as its page shows it: what the parts of the page are given. */
export interface WorkflowView {
  workflow: WholeWorkflow;
  draft: Draft;
  search: WorkflowSearch;
  /** Looks at something else. */
  look(change: Partial<Record<keyof WorkflowSearch, string | undefined>>): void;
}

/** The type of the newest definition's trigger. */
export function triggerOf({ definition }: WholeWorkflow): string {
  const nodes = Object.values(definition.nodes ?? {}) as { type: string }[];
  return nodes.find(({ type }) => ['webhook', 'schedule', 'manual'].includes(type))?.type ?? '';
}
