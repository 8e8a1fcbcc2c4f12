/** How runs share the workers: organizations alike, and within each its workflows alike. */
import { LRUCache } from 'lru-cache';

/** What Temporal goes by. */
export interface FairShare {
  /** The workflow: of each that waits one run begins in turn. */
  fairnessKey: string;
  /** Its share beside the others: that of its organization, divided by the workflows which that has lately begun runs of. */
  fairnessWeight: number;
}

/** A workflow counts for so long after its last run has begun, in milliseconds. */
const latelyMs = 60_000;
const mostOrganizations = 10_000;
/** Temporal takes no smaller weight than a thousandth. */
const mostWorkflows = 1_000;

/**
 * Creates what tells a run's share, as far as one process knows who begins runs.
 * @param now milliseconds on a steady clock
 */
export function createFairShares(now: () => number = () => performance.now()) {
  const lately = new LRUCache<string, LRUCache<string, true>>({ max: mostOrganizations });
  return ({ organizationId, workflowId }: { organizationId: string; workflowId: string }): FairShare => {
    const workflows =
      lately.get(organizationId) ??
      new LRUCache<string, true>({ max: mostWorkflows, ttl: latelyMs, ttlResolution: 0, perf: { now } });
    lately.set(organizationId, workflows.set(workflowId, true));
    workflows.purgeStale();
    return { fairnessKey: workflowId, fairnessWeight: 1 / workflows.size };
  };
}
