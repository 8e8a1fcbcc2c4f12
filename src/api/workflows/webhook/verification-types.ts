import { z } from 'zod';
import { verification } from './schema.ts';

/** A type of verification with the JSON Schema of its settings; what is never read back is `writeOnly`. */
export interface VerificationType {
  type: string;
  settings: Record<string, unknown> & { properties: Record<string, { writeOnly?: boolean }> };
}

/** Returns every type of verification. */
export function verificationTypes(): VerificationType[] {
  return verification.options.map((option) => {
    const { $schema: _, properties = {}, ...settings } = z.toJSONSchema(option, { io: 'input' });
    return {
      type: option.shape.type.value,
      settings: { ...settings, properties: properties as Record<string, { writeOnly?: boolean }> },
    };
  });
}

/** Members of any verification that are written and never read back. */
export const writeOnly: readonly string[] = [
  ...new Set(
    verificationTypes().flatMap(({ settings }) =>
      Object.entries(settings.properties).flatMap(([name, one]) => (one.writeOnly === true ? [name] : [])),
    ),
  ),
];
