/** What is live now: the settings by which runs are judged, and who is paused. */
import { LRUCache } from 'lru-cache';
import type { Db } from 'mongodb';
import type { FlowSettings } from '../../engine/flow/flow-settings.ts';
import type { JsonObject } from '../../engine/json/json.ts';
import { groupCalls } from '../mongo/group-calls.ts';
import { findVersion, versionIdOf } from '../workflows/workflow-versions.ts';
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
  const versions = new LRUCache<string, VersionFlow>({ max: 1_000 });
  const workflows = new LRUCache<string, { live: Live | undefined }>({ max: 10_000, ttl: keptMs });
  const pauses = new LRUCache<string, ReadonlySet<string>>({ max: 10_000, ttl: keptMs });
  const find = groupCalls(async (ids: readonly string[]) => {
    const projection = { status: 1, liveVersion: 1 };
    const rows = await workflowsOf(db)
      .find<Live>({ _id: { $in: [...ids] } }, { projection })
      .toArray();
    const byId = new Map(rows.map((row) => [row._id, row]));
    return ids.map((id) => byId.get(id));
  });

  async function ofVersion(versionId: string): Promise<VersionFlow> {
    const known = versions.get(versionId);
    if (known) return known;
    const version = await findVersion(db, versionId);
    if (!version) throw new Error(`version ${versionId} is missing`);
    const { settings, props, vars } = version.definition;
    const bindings = { ...(props ? { props } : {}), ...(vars ? { vars } : {}) };
    const { number } = version;
    const found = { versionId, number, bindings, ...(settings.flow ? { flow: settings.flow } : {}) };
    versions.set(versionId, found);
    return found;
  }

  return {
    ofVersion,
    async ofWorkflow(workflowId) {
      const { live } = workflows.get(workflowId) ?? { live: await find(workflowId) };
      workflows.set(workflowId, { live }, { noUpdateTTL: true });
      if (!live || live.liveVersion === null) return undefined;
      const version = await ofVersion(versionIdOf(workflowId, live.liveVersion));
      return { ...version, isArchived: live.status === 'archived' };
    },
    async paused(organizationId) {
      const known = pauses.get(organizationId);
      if (known) return known;
      const found = await pausedOwners(db, organizationId);
      pauses.set(organizationId, found);
      return found;
    },
    forget({ workflowId, organizationId }) {
      if (workflowId !== undefined) workflows.delete(workflowId);
      if (organizationId !== undefined) pauses.delete(organizationId);
    },
  };
}
