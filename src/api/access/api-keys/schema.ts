import { z } from 'zod';
import { currentTime } from '../../../clock.ts';
import { scopes } from '../../../store/access/api-keys.ts';
import { pageQuery } from '../../routing/paging.ts';

/** Parameters and bodies of the key routes. */
export const keyParams = z.object({ id: z.string().max(64) });
export const listQuery = z.strictObject(pageQuery);
export const createBody = z.strictObject({
  name: z.string().min(1).max(200),
  scopes: z.array(z.enum(scopes)).min(1).max(scopes.length),
  expiresAt: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .refine((time) => time > currentTime(), 'expected a time to come')
    .nullable()
    .default(null),
});
