/** The registry of trigger types: what the root of a definition may be. */
import type { Definition } from '../definition/definition.ts';
import type { TriggerType } from '../node-types/node-type.schema.ts';
import { manualTrigger } from './manual.schema.ts';
import { scheduleTrigger } from './schedule.schema.ts';
import { webhookTrigger } from './webhook.schema.ts';

/** Every trigger type. */
export const triggerTypes: readonly TriggerType[] = [webhookTrigger, manualTrigger, scheduleTrigger];

const byName = new Map(triggerTypes.map((type) => [type.type, type]));

/** Finds a trigger type; `undefined` when there is none of that name. */
export function triggerType(name: string): TriggerType | undefined {
  return byName.get(name);
}

/** Returns the trigger type of a definition; empty when it has none. */
export function triggerOf({ nodes }: Pick<Definition, 'nodes'>): string {
  return Object.values(nodes).find(({ type }) => triggerType(type))?.type ?? '';
}
