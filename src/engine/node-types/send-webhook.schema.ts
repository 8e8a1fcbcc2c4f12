import { z } from 'zod';
import { namedValues, someText, url } from './fields.schema.ts';
import { declareNodeType } from './node-type.schema.ts';

/** Sends a signed webhook. */
export const sendWebhookType = declareNodeType({
  type: 'send-webhook',
  title: 'Send webhook',
  description: 'Sends a signed webhook and waits for its outcome.',
  mode: 'remote',
  network: true,
  secretFields: ['headers', 'body', 'url', 'secret'],
  writeOnlyFields: ['secret'],
  payload: z.strictObject({
    url,
    headers: namedValues.optional(),
    body: z.unknown().optional(),
    secret: someText.optional(),
  }),
  result: '{ status, deliveryId, attempts }',
});
