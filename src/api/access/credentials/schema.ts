import { z } from 'zod';
import { forbiddenIds } from '../../../engine/definition/definition.ts';
import { pageQuery } from '../../routing/paging.ts';

/** Parameters and bodies of the credential routes. */
export const credentialParams = z.object({ id: z.string().max(64) });
export const listQuery = z.strictObject(pageQuery);

const nameRule = 'expected letters, digits, _ and -, beginning with a letter, at most 64';
const name = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/, nameRule)
  .refine((text) => !forbiddenIds.includes(text), nameRule);
/** Shorter values could not be told from other text, so they could not be kept out of the log. */
const value = z.string().min(4, 'expected at least 4 characters').max(65_536);

export const createBody = z.strictObject({ name, value });
export const replaceBody = z.strictObject({ name: name.optional(), value });
export const patchBody = z
  .strictObject({ name: name.optional(), value: value.optional() })
  .refine((body) => body.name !== undefined || body.value !== undefined, 'expected name or value');
