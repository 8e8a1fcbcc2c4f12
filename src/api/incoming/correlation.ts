import { LRUCache } from 'lru-cache';
import { correlationKey } from '../../engine/log/correlation-key.ts';
import type { Definition } from '../../engine/definition/definition.ts';
import type { Json, JsonObject } from '../../engine/json/json.ts';
import type { Correlation } from '../../store/waits/correlate-request.ts';
import { findVersion, versionIdOf } from '../../store/workflows/workflow-versions.ts';
import type { ApiDeps } from '../routing/deps.ts';
import { evaluateSetting } from './evaluate.ts';
import type { WebhookTarget } from './target.ts';

/** `resume` of a webhook trigger, with what its key may read beside the trigger. */
interface ResumeRule {
  key: string;
  otherwise: Correlation['otherwise'];
  bindings: { props?: Json; vars?: Json };
}

/**
 * Returns what a request resumes, by the `resume.key` of its workflow's live version. `undefined` when the trigger has
 * none, or when the request gives it no value: that one is no callback and starts a run.
 * @throws AppError invalid-request when the expression fails
 */
export async function correlationOf(
  deps: ApiDeps,
  { workflow, liveVersion }: WebhookTarget,
  { trigger, now }: { trigger: JsonObject; now: Date },
): Promise<Correlation | undefined> {
  const rule = await findRule(deps, versionIdOf(workflow._id, liveVersion));
  if (rule === null) return undefined;
  const data = trigger['body'] ?? null;
  const bindings = { ...rule.bindings, trigger, inputs: data };
  const value = await evaluateSetting(rule.key, bindings, { now, name: 'resume.key' });
  const key = correlationKey(value);
  return key === undefined ? undefined : { key, otherwise: rule.otherwise, data };
}

/** Rules kept in memory by one process; a version never changes. */
const rules = new LRUCache<string, { rule: ResumeRule | null }>({ max: 1_000 });

async function findRule({ db }: ApiDeps, versionId: string): Promise<ResumeRule | null> {
  const known = rules.get(versionId);
  if (known !== undefined) return known.rule;
  const version = await findVersion(db, versionId);
  const rule = version ? ruleOf(version.definition) : null;
  rules.set(versionId, { rule });
  return rule;
}

function ruleOf({ nodes, props, vars }: Definition): ResumeRule | null {
  const trigger = Object.values(nodes).find(({ type }) => type === 'webhook');
  const resume = trigger?.payload['resume'] as Partial<ResumeRule> | undefined;
  if (resume?.key === undefined) return null;
  const bindings = { ...(props ? { props } : {}), ...(vars ? { vars } : {}) };
  return { key: resume.key, otherwise: resume.otherwise ?? 'hold', bindings };
}
