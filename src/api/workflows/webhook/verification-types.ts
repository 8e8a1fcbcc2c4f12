import { z } from 'zod';
import { verification } from './schema.ts';

/** Members of a verification that are written and never read back. */
export const writeOnly: readonly string[] = ['secret', 'secrets', 'password', 'token', 'tokens'];

/** Every type of verification with the JSON Schema of its settings; what is never read back is `writeOnly`. */
export function verificationTypes(): { type: string; settings: Record<string, unknown> }[] {
  return verification.options.map((option) => {
    const { $schema: _, properties = {}, ...settings } = z.toJSONSchema(option, { io: 'input' });
    const marked = Object.entries(properties).map(([name, one]) => [
      name,
      writeOnly.includes(name) ? { ...(one as object), writeOnly: true } : one,
    ]);
    return {
      type: option.shape.type.value,
      settings: { ...settings, properties: Object.fromEntries(marked) as object },
    };
  });
}
