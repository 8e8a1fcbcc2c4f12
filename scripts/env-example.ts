/** The text of `.env.example`, from the settings table. */
import { settings } from '../src/config.ts';

/** Returns the text of `.env.example`: every setting with its help and default, none of them set. */
export function envExample(): string {
  const entries = Object.entries(settings).map(([name, { schema, help }]) => {
    const { data } = schema.safeParse(undefined);
    const value = Array.isArray(data) ? data.join(',') : (data ?? '');
    return `# ${help}\n# ${name}=${String(value)}\n`;
  });
  return ['# Settings of Hookloom. Empty means: not set.\n', ...entries].join('\n');
}
