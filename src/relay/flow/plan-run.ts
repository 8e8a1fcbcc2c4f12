/** What the settings of a workflow come to for one of its runs. */
import {
  concurrencyOf,
  defaultPriority,
  flowExpressions,
  flowLimits,
} from '../../engine/flow/flow-settings.ts';
import type { FlowSettings } from '../../engine/flow/flow-settings.ts';
import type { Json, JsonObject } from '../../engine/json/json.ts';
import { keyTextOf, lanePlace } from '../../store/flow/lanes.ts';
import type { WantedLane } from '../../store/flow/lanes.ts';
import type { VersionFlow } from '../../store/flow/live-flow.ts';

/** What expressions may read. */
export interface FlowBindings {
  trigger?: JsonObject;
  inputs?: Json;
  props?: JsonObject;
  vars?: JsonObject;
}

/** Returns the value of an expression's text. @throws FlowProblem that says why it has none */
export type EvaluateText = (owner: string, text: string, bindings: FlowBindings) => Promise<Json>;

/** When a run may start. */
export interface FlowPlan {
  versionId: string;
  priority: number;
  wants: WantedLane[];
}

/** A limit or a priority that is none, or an expression that fails. */
export class FlowProblem extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'FlowProblem';
  }
}

/** Whose run it is. */
interface Owner {
  organizationId: string;
  workflowId: string;
  /** `{ source, … }` of the run. */
  trigger: JsonObject;
}

/** Whether the settings say anything that depends on what has started a run. */
export function readsRun(flow: FlowSettings): boolean {
  return flowExpressions(flow).length > 0;
}

/** Returns what the settings come to. @throws FlowProblem that names the setting */
export async function planRun(
  live: VersionFlow,
  owner: Owner,
  bindings: FlowBindings,
  evaluateText: EvaluateText,
): Promise<FlowPlan> {
  const { flow = {}, versionId } = live;
  const evaluate: Evaluate = async (name, text) => {
    try {
      return await evaluateText(owner.workflowId, text, { ...live.bindings, ...bindings });
    } catch (cause) {
      if (!(cause instanceof FlowProblem)) throw cause;
      throw new FlowProblem(`settings.flow.${name}: ${cause.message}`, { cause });
    }
  };
  const lanes = await Promise.all([
    ...concurrencyLanes(flow, owner, evaluate),
    ...rateLane(flow, owner, evaluate),
  ]);
  const priority = await priorityOf(flow, evaluate);
  return { versionId, priority, wants: withoutDoubles(lanes) };
}

type Evaluate = (name: string, text: string) => Promise<Json>;

function concurrencyLanes(
  flow: FlowSettings,
  { organizationId, workflowId }: Owner,
  evaluate: Evaluate,
): Promise<WantedLane>[] {
  return concurrencyOf(flow).map(async ({ key, limit, scope, onFull = 'queue' }, at) => {
    const name = Array.isArray(flow.concurrency) ? `concurrency[${at}]` : 'concurrency';
    const text = key === undefined ? null : keyTextOf(await evaluate(`${name}.key`, key));
    const index = scope === undefined ? at : null;
    const place = { organizationId, owner: scope ?? workflowId, kind: 'concurrency' as const, index };
    return { ...lanePlace(place, text), limit: await limitOf(limit, `${name}.limit`, evaluate), onFull };
  });
}

function rateLane(
  { rate }: FlowSettings,
  { organizationId, workflowId, trigger }: Owner,
  evaluate: Evaluate,
): Promise<WantedLane>[] {
  if (!rate || (rate.onFull === 'reject' && wasCountedBefore(trigger))) return [];
  const { key, limit, perMs, onFull = 'queue' } = rate;
  const lane = async (): Promise<WantedLane> => {
    const text = key === undefined ? null : keyTextOf(await evaluate('rate.key', key));
    const place = { organizationId, owner: workflowId, kind: 'rate' as const, index: null };
    return { ...lanePlace(place, text), limit, perMs, onFull };
  };
  return [lane()];
}

/** A request that its rate could refuse was counted when it came; what nobody waits for an answer to is counted here. */
function wasCountedBefore({ source, replayOf, gathered }: JsonObject): boolean {
  return source === 'manual' || (source === 'webhook' && replayOf === undefined && gathered === undefined);
}

/** A run takes one slot of a lane, also where two settings name it: the lower limit holds. */
function withoutDoubles(lanes: readonly WantedLane[]): WantedLane[] {
  const byId = new Map<string, WantedLane>();
  for (const lane of lanes) {
    const known = byId.get(lane.id);
    if (!known || lane.limit < known.limit) byId.set(lane.id, lane);
  }
  return [...byId.values()];
}

async function limitOf(limit: number | string, name: string, evaluate: Evaluate): Promise<number> {
  if (typeof limit === 'number') return limit;
  const given = await evaluate(name, limit);
  const value = numberOf(given);
  if (value === undefined || value < 0)
    throw new FlowProblem(`settings.flow.${name}: expected a number from 0; came ${kindOf(given)}`);
  return Math.min(Math.floor(value), flowLimits.concurrency);
}

async function priorityOf({ priority = defaultPriority }: FlowSettings, evaluate: Evaluate): Promise<number> {
  if (typeof priority === 'number') return priority;
  const given = await evaluate('priority', priority);
  if (given === null) return defaultPriority;
  const value = numberOf(given);
  if (value === undefined)
    throw new FlowProblem(
      `settings.flow.priority: expected a number from 1 to 5, or null; came ${kindOf(given)}`,
    );
  return Math.min(5, Math.max(1, Math.round(value)));
}

/** A number, also one that a form or a header has brought as text. */
function numberOf(value: Json): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

function kindOf(value: Json): string {
  if (value === null || typeof value === 'number') return String(value);
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'string' ? 'a text' : `a value of type ${typeof value}`;
}
