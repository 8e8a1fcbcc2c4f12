/** Bodies that other services understand, made of an event. */
import { cloudEventsType } from '../log/event-catalog.ts';
import type { EventType } from '../log/event-catalog.ts';
import type { Json, JsonObject } from '../json/json.ts';

/** An event as it is sent. */
export interface HookEvent {
  id: string;
  type: EventType;
  /** ISO 8601. */
  timestamp: string;
  schemaVersion: number;
  data: JsonObject;
}

/** A body, with the headers that belong to it. */
export interface HookBody {
  body: string;
  contentType: string;
  headers?: Record<string, string>;
}

/** What a preset is made with. */
interface PresetOptions {
  /** PagerDuty's integration key. */
  routingKey?: string | undefined;
}

type Preset = (event: HookEvent, options: PresetOptions) => HookBody;

/** Each preset, by its name. */
export const hookPresets = {
  // Source: Slack, incoming webhooks; control characters are escaped as its formatting asks.
  slack: (event) => json({ text: escapeSlack(linesOf(event).join('\n')) }),
  // Source: Microsoft Teams, webhooks of Workflows; Adaptive Cards 1.4.
  teams: (event) => {
    const [title = '', ...facts] = linesOf(event);
    const content = {
      $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
      type: 'AdaptiveCard',
      version: '1.4',
      body: [
        { type: 'TextBlock', text: title, weight: 'Bolder', wrap: true },
        ...facts.map((text) => ({ type: 'TextBlock', text, wrap: true })),
      ],
    };
    const contentType = 'application/vnd.microsoft.card.adaptive';
    return json({ type: 'message', attachments: [{ contentType, contentUrl: null, content }] });
  },
  // Source: Discord, execute webhook: at most 2,000 characters; nobody is mentioned.
  discord: (event) =>
    json({ content: linesOf(event).join('\n').slice(0, 2_000), allowed_mentions: { parse: [] } }),
  // Source: PagerDuty, Events API v2: a summary has at most 1,024 characters.
  pagerduty: (event, { routingKey }) => {
    const { data, type } = event;
    const about = String(data['workflowId'] ?? data['endpointId'] ?? data['organizationId'] ?? '');
    const payload = {
      summary: linesOf(event).join('; ').slice(0, 1_024),
      source: 'hookloom',
      severity: severityOf(type),
      timestamp: event.timestamp,
      custom_details: data,
    };
    return json({
      routing_key: routingKey ?? '',
      event_action: resolving.includes(type) ? 'resolve' : 'trigger',
      dedup_key: `hookloom/${about}`,
      payload,
    });
  },
  // Source: CloudEvents 1.0.2, JSON event format.
  cloudevents: (event) => {
    const { data, ...attributes } = cloudEventOf(event);
    return {
      body: JSON.stringify({ ...attributes, datacontenttype: 'application/json', data }),
      contentType: 'application/cloudevents+json',
    };
  },
  // Source: CloudEvents 1.0.2, HTTP protocol binding, binary content mode.
  'cloudevents-binary': (event) => {
    const { data, ...attributes } = cloudEventOf(event);
    const pairs = Object.entries(attributes).map(([name, value]) => [`ce-${name}`, String(value)]);
    return { ...json(data), headers: Object.fromEntries(pairs) as Record<string, string> };
  },
} as const satisfies Record<string, Preset>;

export type HookPreset = keyof typeof hookPresets;
export const hookPresetNames = Object.keys(hookPresets) as [HookPreset, ...HookPreset[]];

function json(value: Json): HookBody {
  return { body: JSON.stringify(value), contentType: 'application/json' };
}

/** What happened, and to what, in short lines. */
function linesOf({ type, data }: HookEvent): string[] {
  const error = data['error'] as { type?: Json; message?: Json } | undefined;
  const facts: [name: string, value: Json | undefined][] = [
    ['workflow', data['workflowId']],
    ['run', data['runId']],
    ['node', data['path'] ?? data['nodeId']],
    ['endpoint', data['endpointName'] ?? data['endpointId']],
    ['error', error?.message ?? error?.type ?? data['lastError']],
  ];
  const known = facts.filter(([, value]) => typeof value === 'string' && value !== '');
  return [type, ...known.map(([name, value]) => `${name}: ${String(value)}`)];
}

function escapeSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Events after which what was wrong is well again. */
const resolving: readonly EventType[] = ['run.succeeded', 'node.succeeded', 'endpoint.recovered'];

function severityOf(type: EventType): 'error' | 'warning' | 'info' {
  if (/\.(failed|failing|disabled|exhausted)$/.test(type)) return 'error';
  return /\.(partial|cancelled|retrying)$/.test(type) ? 'warning' : 'info';
}

function cloudEventOf({ id, type, timestamp, data }: HookEvent) {
  const { organizationId, workflowId, runId } = data;
  const source = workflowId
    ? `/v1/workflows/${String(workflowId)}`
    : `/v1/organizations/${String(organizationId)}`;
  const subject = runId ? { subject: String(runId) } : {};
  return { specversion: '1.0', id, type: cloudEventsType(type), source, ...subject, time: timestamp, data };
}
