import { LRUCache } from 'lru-cache';
import type { Db } from 'mongodb';
import { inputSchemaOf } from '../../engine/definition/definition.ts';
import type { Definition } from '../../engine/definition/definition.ts';
import type { FlowSettings } from '../../engine/flow/flow-settings.ts';
import type { Json } from '../../engine/json/json.ts';
import type { Correlation } from '../../store/waits/correlate-request.ts';
import { findVersion } from '../../store/workflows/workflow-versions.ts';
import type { ApiDeps } from '../routing/deps.ts';

/** What a version's trigger says about requests, and what their expressions may read beside the request. */
export interface DoorRules {
  /** `resume` of the trigger; `null` when it has none. */
  resume: {
    key: string;
    otherwise: Correlation['otherwise'];
    whenKeyMissing: 'start' | 'skip' | 'reject';
  } | null;
  /** What the body must be; absent: anything. */
  inputSchema?: Json;
  bindings: { props?: Json; vars?: Json };
  /** Flow control of the version. */
  flow?: FlowSettings;
}

const noRules: DoorRules = { resume: null, bindings: {} };

/** Rules kept in memory by one process; a version never changes. */
const rules = new LRUCache<string, DoorRules, Db>({
  max: 1_000,
  ignoreFetchAbort: true,
  async fetchMethod(versionId, _, { context: db }) {
    const version = await findVersion(db, versionId);
    return version ? rulesOf(version.definition) : noRules;
  },
});

/** Returns the rules of a version. */
export function findDoorRules({ db }: Pick<ApiDeps, 'db'>, versionId: string): Promise<DoorRules> {
  return rules.forceFetch(versionId, { context: db });
}

function rulesOf(definition: Definition): DoorRules {
  const { nodes, props, vars, settings } = definition;
  const schema = inputSchemaOf(definition);
  const inputSchema = schema === undefined ? {} : { inputSchema: schema };
  const trigger = Object.values(nodes).find(({ type }) => type === 'webhook');
  const resume = trigger?.payload['resume'] as Partial<NonNullable<DoorRules['resume']>> | undefined;
  const bindings = { ...(props ? { props } : {}), ...(vars ? { vars } : {}) };
  const flow = settings.flow ? { flow: settings.flow } : {};
  const shared = { bindings, ...inputSchema, ...flow };
  if (resume?.key === undefined) return { resume: null, ...shared };
  const { key, otherwise = 'hold', whenKeyMissing = 'start' } = resume;
  return { resume: { key, otherwise, whenKeyMissing }, ...shared };
}
