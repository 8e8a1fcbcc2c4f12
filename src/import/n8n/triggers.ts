/** Triggers of n8n: what begins a workflow. */
import type { JsonObject } from '../../engine/json/json.ts';
import type { Draft } from '../draft.ts';
import { textValue } from '../value.ts';
import type { Value } from '../value.ts';
import { list, loose, text } from '../loose.ts';
import type { Loose } from '../loose.ts';
import type { N8nNode } from './workflow.ts';

/** The trigger here, and what its item is. */
export interface Trigger {
  type: 'webhook' | 'manual' | 'schedule';
  payload: JsonObject;
  item: Value;
  /** Settings of the workflow file. */
  webhook?: JsonObject;
}

const body = textValue('$trigger.body');
const manual: Trigger = { type: 'manual', payload: {}, item: body };

/** Whether a node begins a workflow. */
export function isTrigger({ type }: N8nNode): boolean {
  return /trigger$/i.test(type) || ['webhook', 'cron', 'interval', 'start', 'emailReadImap'].includes(type);
}

/** How much a trigger is wanted where there are several. */
export function rankOf({ type, raw }: N8nNode): number {
  if (raw['disabled'] === true) return 9;
  const ranks: Record<string, number> = {
    webhook: 0,
    scheduleTrigger: 2,
    cron: 2,
    interval: 2,
    manualTrigger: 5,
    start: 5,
  };
  return ranks[type] ?? 1;
}

/** Converts a trigger. */
export function convertTrigger(node: N8nNode, draft: Draft, settings: Loose): Trigger {
  const made = triggers[node.type]?.(node, draft, settings);
  if (made) return made;
  draft.tell(
    'lost',
    node.place,
    `the trigger ${node.type} has no counterpart: send what it took to the webhook of this workflow`,
  );
  return { type: 'webhook', payload: {}, item: body };
}

const triggers: Record<string, (node: N8nNode, draft: Draft, settings: Loose) => Trigger> = {
  manualTrigger: () => manual,
  start: () => manual,
  executeWorkflowTrigger: () => manual,
  errorTrigger: (node, draft) => {
    draft.tell(
      'changed',
      node.place,
      'name this workflow in `settings.onFailure` of those whose failures it is for',
    );
    return manual;
  },
  webhook: webhookTrigger,
  formTrigger: (node, draft) => {
    draft.tell(
      'changed',
      node.place,
      'its form is not shown: send its fields to the webhook of this workflow',
    );
    return { type: 'webhook', payload: {}, item: body };
  },
  scheduleTrigger: (node, draft, settings) => {
    const rules = list(loose(node.parameters['rule'])['interval']).map(loose);
    return scheduled(node, draft, { settings, times: rules.map(timeOfRule) });
  },
  cron: (node, draft, settings) => {
    const rules = list(loose(node.parameters['triggerTimes'])['item']).map(loose);
    return scheduled(node, draft, { settings, times: rules.map(timeOfItem) });
  },
  interval: (node, draft, settings) => {
    const { interval = 1, unit = 'seconds' } = node.parameters;
    return scheduled(node, draft, { settings, times: [every(Number(interval), text(unit))] });
  },
};

function webhookTrigger(node: N8nNode, draft: Draft): Trigger {
  const { httpMethod = 'GET', responseMode, authentication, path } = node.parameters;
  const methods = (Array.isArray(httpMethod) ? httpMethod : [httpMethod])
    .map(String)
    .filter((one) => /^[A-Z]+$/.test(one));
  draft.tell(
    'changed',
    node.place,
    `its address is another one than ${text(path) || 'in n8n'}: the one that publishing shows`,
  );
  if (authentication !== undefined && authentication !== 'none')
    draft.tell(
      'lost',
      node.place,
      `its authentication (${text(authentication)}) is not carried over: set \`webhook.verification\``,
    );
  const isResult = responseMode === 'responseNode' || responseMode === 'lastNode';
  const webhook: JsonObject = {
    ...(methods.length > 0 ? { methods } : {}),
    ...(isResult ? { respond: 'result' } : {}),
  };
  const item: Value = {
    is: 'object',
    fields: {
      body,
      headers: textValue('$trigger.headers'),
      query: textValue('$trigger.query'),
      params: { is: 'lost', isPart: true, why: 'parts of a webhook’s path have no counterpart' },
    },
  };
  return { type: 'webhook', payload: {}, item, webhook };
}

function scheduled(
  node: N8nNode,
  draft: Draft,
  { settings, times }: { settings: Loose; times: (JsonObject | string)[] },
): Trigger {
  const [first = { cron: '0 0 * * *' }, ...others] = times;
  for (const other of others)
    draft.tell(
      'lost',
      node.place,
      `one of its times is left out (${typeof other === 'string' ? other : JSON.stringify(other)}): a workflow has one schedule`,
    );
  if (typeof first === 'string') {
    draft.tell('lost', node.place, `its time does not carry over: ${first}`);
    return { ...manual };
  }
  const zone = text(settings['timezone']);
  const payload = { ...first, ...(first['cron'] !== undefined && /\//.test(zone) ? { timezone: zone } : {}) };
  return { type: 'schedule', payload, item: body };
}

const unitMs: Record<string, number> = {
  seconds: 1_000,
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
  weeks: 604_800_000,
};

function every(count: number, unit: string): JsonObject | string {
  const ms = count * (unitMs[unit] ?? NaN);
  return Number.isFinite(ms) && ms >= 1_000 ? { intervalMs: ms } : `every ${count} ${unit}`;
}

/** A rule of the Schedule Trigger, by its field. */
const ruleTimes: Record<
  string,
  (rule: Loose, at: { minute: number; hour: number; count: number }) => JsonObject | string
> = {
  cronExpression: (rule) => ({ cron: text(rule['expression']).replace(/^=/, '') }),
  seconds: (rule) => every(Number(rule['secondsInterval'] ?? 30), 'seconds'),
  minutes: (rule) => every(Number(rule['minutesInterval'] ?? 5), 'minutes'),
  hours: (_, { minute, count }) => (count === 1 ? { cron: `${minute} * * * *` } : every(count, 'hours')),
  days: (_, { minute, hour, count }) =>
    count === 1 ? { cron: `${minute} ${hour} * * *` } : every(count, 'days'),
  weeks: (rule, { minute, hour, count }) => {
    const days = list(rule['triggerAtDay']).map(text).join(',') || '0';
    return count === 1 ? { cron: `${minute} ${hour} * * ${days}` } : `every ${count} weeks`;
  },
  months: (rule, { minute, hour, count }) => ({
    cron: `${minute} ${hour} ${Number(rule['triggerAtDayOfMonth'] ?? 1)} */${count} *`,
  }),
};

function timeOfRule(rule: Loose): JsonObject | string {
  const field = text(rule['field']) || 'days';
  const number = (name: string, otherwise: number) => Number(rule[name] ?? otherwise);
  const at = {
    minute: number('triggerAtMinute', 0),
    hour: number('triggerAtHour', 0),
    count: number(`${field}Interval`, 1),
  };
  return ruleTimes[field]?.(rule, at) ?? `every ${at.count} ${field}`;
}

/** A time of the old Cron node. */
function timeOfItem(item: Loose): JsonObject | string {
  const mode = text(item['mode']) || 'everyDay';
  const minute = Number(item['minute'] ?? 0);
  const hour = Number(item['hour'] ?? 14);
  const forms: Record<string, JsonObject | string> = {
    everyMinute: { cron: '* * * * *' },
    everyHour: { cron: `${minute} * * * *` },
    everyDay: { cron: `${minute} ${hour} * * *` },
    everyWeek: { cron: `${minute} ${hour} * * ${text(item['weekday']) || '1'}` },
    everyMonth: { cron: `${minute} ${hour} ${Number(item['dayOfMonth'] ?? 1)} * *` },
    everyX: every(Number(item['value'] ?? 2), text(item['unit']) || 'hours'),
    custom: { cron: text(item['cronExpression']) },
  };
  return forms[mode] ?? mode;
}
