/** What goes out of an event to an endpoint: whether, and which bytes. */
import type { Json, JsonObject } from '../json/json.ts';
import { isTrue } from '../json/truth.ts';
import { hookPresets } from './hook-presets.ts';
import type { HookBody, HookEvent, HookPreset } from './hook-presets.ts';

/** The body that an endpoint asks for, instead of the event as it is. */
export type HookTransform =
  /** `routingKey`: of `pagerduty`, redacted; the key itself is given beside. */
  | { preset: HookPreset; routingKey?: string }
  /** `body`: any JSON with expressions over `$event`; a text goes out as it is. */
  | { body: Json; contentType: string };

/** How an endpoint wants its events. */
export interface HookForm {
  /** Whether an event goes out at all: an expression over `$event`; `null`: all do. */
  filter: string | null;
  transform: HookTransform | null;
  payload: 'full' | 'thin';
  /** Of `pagerduty`. */
  routingKey?: string | undefined;
}

/** Evaluates the expressions of a value, with `$event` as it is given. */
export type ResolveOfEvent = (template: Json, event: Json) => Promise<Json>;

/**
 * Returns the body of an event for an endpoint, `undefined` when its filter leaves the event out.
 * @param stored the event as it is stored
 * @throws ExpressionError when an expression fails
 */
export async function renderHook(
  stored: string,
  form: HookForm,
  resolve: ResolveOfEvent,
): Promise<HookBody | undefined> {
  const { filter, transform } = form;
  if (filter === null && transform === null && form.payload === 'full')
    return { body: stored, contentType: 'application/json' };
  const event = JSON.parse(stored) as HookEvent;
  const whole = event as unknown as Json;
  if (filter !== null && !isTrue(await resolve(filter, whole))) return undefined;
  const sent = form.payload === 'thin' ? thin(event) : event;
  if (transform === null) return { body: JSON.stringify(sent), contentType: 'application/json' };
  if ('preset' in transform) return hookPresets[transform.preset](sent, { routingKey: form.routingKey });
  const body = await resolve(transform.body, sent as unknown as Json);
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { body: text, contentType: transform.contentType };
}

/** Members that a thin payload leaves out. Source: the contract, execution hooks. */
const heavyMembers = ['result', 'output', 'input', 'request'];

/** The event without results, outputs and error details. */
function thin(event: HookEvent): HookEvent {
  const data: JsonObject = Object.fromEntries(
    Object.entries(event.data).filter(([name]) => !heavyMembers.includes(name)),
  );
  const error = data['error'];
  if (typeof error === 'object' && error !== null && !Array.isArray(error)) {
    const { details: _details, ...rest } = error;
    data['error'] = rest;
  }
  return { ...event, data };
}
