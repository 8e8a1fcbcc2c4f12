/** What is live now: the settings by which runs are judged, and who is paused. */
import { LRUCache } from 'lru-cache';
import type { Db } from 'mongodb';
import type { FlowSettings } from '../../engine/flow/flow-settings.ts';
import type { JsonObject } from '../../engine/json/json.ts';
import { groupCalls } from '../mongo/group-calls.ts';
import { loadVersion, versionIdOf } from '../workflows/workflow-versions.ts';
import { workflowsOf } from '../workflows/workflows.ts';
import type { WorkflowDocument } from '../workflows/workflows.ts';
import { pausedOwners } from './owners.ts';

/** The settings of a version. */
export interface VersionFlow {
  versionId: string;
  number: number;
  /** Absent: its runs start at once. */
  flow?: FlowSettings;
  /** What its expressions may read beside what has started the run. */
  bindings: { props?: JsonObject; vars?: JsonObject };
}

/** The settings of a workflow now. */
export interface LiveFlow extends VersionFlow {
  isArchived: boolean;
}

/** What one process knows. */
export interface LiveFlows {
  /** The settings of a version, which never change. */
  ofVersion(versionId: string): Promise<VersionFlow>;
  /** The settings of a workflow's live version; `undefined` before its first publish. */
  ofWorkflow(workflowId: string): Promise<LiveFlow | undefined>;
  /** Who is paused in an organization. */
  paused(organizationId: string): Promise<ReadonlySet<string>>;
  /** Forgets what may have changed. */
  forget(changed: { workflowId?: string; organizationId?: string }): void;
}

/** What another process has changed is seen after so long, in milliseconds. */
const keptMs = 1_000;

type Live = Pick<WorkflowDocument, '_id' | 'status' | 'liveVersion'>;

/** Creates what one process knows; what is asked for at once is read together. */
export function createLiveFlows(db: Db): LiveFlows {
  const find = groupCalls(async (ids: readonly string[]) => {
    const projection = { status: 1, liveVersion: 1 };
    const rows = await workflowsOf(db)
      .find<Live>({ _id: { $in: [...ids] } }, { projection })
      .toArray();
    const byId = new Map(rows.map((row) => [row._id, row]));
    return ids.map((id) => byId.get(id));
  });
  const versions = new LRUCache<string, VersionFlow>({
    max: 1_000,
    ignoreFetchAbort: true,
    fetchMethod: (versionId) => readFlow(db, versionId),
  });
  const shortly = { max: 10_000, ttl: keptMs, ignoreFetchAbort: true };
  const workflows = new LRUCache<string, { live: Live | undefined }>({
    ...shortly,
    fetchMethod: async (workflowId) => ({ live: await find(workflowId) }),
  });
  const pauses = new LRUCache<string, ReadonlySet<string>>({
    ...shortly,
    fetchMethod: (organizationId) => pausedOwners(db, organizationId),
  });

  return {
    ofVersion: (versionId) => versions.forceFetch(versionId),
    async ofWorkflow(workflowId) {
      const { live } = await workflows.forceFetch(workflowId);
      if (!live || live.liveVersion === null) return undefined;
      const version = await versions.forceFetch(versionIdOf(workflowId, live.liveVersion));
      return { ...version, isArchived: live.status === 'archived' };
    },
    paused: (organizationId) => pauses.forceFetch(organizationId),
    forget({ workflowId, organizationId }) {
      if (workflowId !== undefined) workflows.delete(workflowId);
      if (organizationId !== undefined) pauses.delete(organizationId);
    },
  };
}

async function readFlow(db: Db, versionId: string): Promise<VersionFlow> {
  const { number, definition } = await loadVersion(db, versionId);
  const { settings, props, vars } = definition;
  const bindings = { ...(props ? { props } : {}), ...(vars ? { vars } : {}) };
  return { versionId, number, bindings, ...(settings.flow ? { flow: settings.flow } : {}) };
}
