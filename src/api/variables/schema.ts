import { z } from 'zod';
import { variableName } from '../../engine/node-types/set-variable.schema.ts';
import { pageQuery } from '../routing/paging.ts';

/** Parameters and bodies of the variable routes. */
export const variableParams = z.object({ name: variableName });
export const listQuery = z.strictObject(pageQuery);
const version = z.int().min(0).optional().describe('The version that it must have now; 0: there is none.');
export const putBody = z.strictObject({ value: z.json(), version });
export const patchBody = z.strictObject({ increment: z.number(), version });
export const deleteQuery = z.strictObject({ version: z.coerce.number().int().min(0).optional() });
