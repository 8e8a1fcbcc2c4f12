import { z } from 'zod';
import type { JsonObject } from '../json/json.ts';
import { formOf } from './form.schema.ts';

const schemaRule = 'a JSON Schema 2020-12';
/** A schema that data can be judged by. */
export const jsonSchema = z
  .record(z.string(), z.unknown(), { error: schemaRule })
  .superRefine((schema, context) => {
    try {
      formOf(schema as JsonObject);
    } catch (cause) {
      context.addIssue({ code: 'custom', message: `${schemaRule} (${(cause as Error).message})` });
    }
  });
