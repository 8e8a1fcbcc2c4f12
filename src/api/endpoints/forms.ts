/** The filter and the transform of an endpoint: what they may be, and how they are stored and shown. */
import { z } from 'zod';
import { splitText } from '../../expressions/parse/split-text.ts';
import { parseTemplate } from '../../expressions/parse/template.ts';
import type { Json } from '../../engine/json/json.ts';
import { AppError } from '../../errors/app-error.ts';
import { hookPresetNames } from '../../engine/deliveries/hook-presets.ts';
import type { HookTransform } from '../../engine/deliveries/render-hook.ts';
import type { EndpointDocument } from '../../store/endpoints/endpoints.ts';
import type { ApiDeps } from '../routing/deps.ts';

/** Largest transform, as JSON, in bytes. */
const transformBytes = 64 * 1024;
const redacted = '[redacted]';

const contentType = z
  .string()
  .max(200)
  .regex(/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:;[\x20-\x7e]*)?$/, 'expected a content type such as text/plain');

/** Members of an endpoint that say what goes out. */
export const formFields = {
  filter: z
    .string()
    .min(1)
    .max(4_000)
    .nullable()
    .describe('An expression over `$event`: what it leaves out is `discarded` with the reason `filtered`.'),
  transform: z
    .union([
      z.strictObject({
        preset: z.enum(hookPresetNames.filter((name) => name !== 'pagerduty')),
      }),
      z.strictObject({
        preset: z.literal('pagerduty'),
        routingKey: z.string().min(1).max(200).describe('Shown as `[redacted]`.'),
      }),
      z.strictObject({
        body: z
          .json()
          .describe('The body to send: any JSON with expressions over `$event`; a text goes as it is.'),
        contentType: contentType.default('application/json'),
      }),
    ])
    .nullable()
    .describe('The body to send instead of the event. The signature covers the bytes that are sent.'),
};

/** A form as it is given. */
export interface GivenForm {
  filter?: string | null | undefined;
  transform?: HookTransform | null | undefined;
}

/** @throws AppError invalid-request for an expression that cannot be read, or that reads anything but `$event` */
export function assertForm({ filter, transform }: GivenForm): void {
  if (typeof filter === 'string') {
    assertOneExpression(filter);
    assertTemplate('filter', asExpression(filter));
  }
  if (!transform || 'preset' in transform) return;
  if (Buffer.byteLength(JSON.stringify(transform.body)) > transformBytes)
    throw refused('/transform/body', `expected at most ${transformBytes} bytes`);
  assertTemplate('transform/body', transform.body);
}

/** A filter with its braces. */
export function asExpression(filter: string): string {
  return filter.includes('{{') ? filter.trim() : `{{ ${filter} }}`;
}

function assertOneExpression(filter: string): void {
  const { parts, problem } = splitText(asExpression(filter));
  const [only] = parts;
  if (problem === undefined && (parts.length !== 1 || !only || 'text' in only))
    throw refused('/filter', 'expected one expression and nothing around it');
}

function assertTemplate(field: string, template: Json): void {
  const { template: read, problems } = parseTemplate(template);
  const [problem] = problems;
  if (problem) throw refused(`/${field}${problem.pointer}`, problem.message);
  const other = read.references.find(({ kind }) => kind !== 'event');
  if (!other) return;
  const name = other.kind === 'node' ? 'nodes' : other.kind;
  throw refused(`/${field}${other.pointer}`, `expected expressions over $event alone; came $${name}`);
}

function refused(pointer: string, detail: string): AppError {
  const message = `${pointer.slice(1).replaceAll('/', '.')}: ${detail}`;
  return new AppError('invalid-request', message, { errors: [{ pointer, detail }] });
}

/** A form as it is stored: the routing key apart, and sealed. A redacted one keeps the one that is there. */
export function storeForm(
  deps: ApiDeps,
  { filter, transform }: GivenForm,
  before?: EndpointDocument,
): Partial<Pick<EndpointDocument, 'filter' | 'transform' | 'sealedRoutingKey'>> {
  return {
    ...(filter === undefined ? {} : { filter: filter && asExpression(filter) }),
    ...(transform === undefined ? {} : storeTransform(deps, transform, before?.sealedRoutingKey ?? null)),
  };
}

function storeTransform(
  { sealer }: ApiDeps,
  transform: HookTransform | null,
  known: string | null,
): Pick<EndpointDocument, 'transform' | 'sealedRoutingKey'> {
  if (!transform || !('preset' in transform) || transform.routingKey === undefined)
    return { transform, sealedRoutingKey: null };
  const { preset, routingKey } = transform;
  const sealedRoutingKey = routingKey === redacted ? known : sealer.seal(routingKey);
  if (sealedRoutingKey === null) throw refused('/transform/routingKey', 'expected the key itself');
  return { transform: { preset, routingKey: redacted }, sealedRoutingKey };
}
