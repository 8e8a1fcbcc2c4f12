import { catalogEntry, cloudEventsType, eventTypes } from '../../engine/log/event-catalog.ts';
import type { EventType } from '../../engine/log/event-catalog.ts';
import { eventJsonSchemas } from '../../engine/log/event.schema.ts';

/** What this page reads of a JSON Schema. */
interface Schema {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  format?: string;
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
}

/** A member of `data` as a row of a table. */
type Rows = Map<string, string>;

/** The page of every event type, as Markdown, from the table and the schemas that `/v1/event-types` answers. */
export function describeEvents(): string {
  const schemas = eventJsonSchemas() as unknown as Record<EventType, Schema>;
  const rows = new Map(eventTypes.map((type) => [type, rowsOf(schemas[type].properties?.['data'] ?? {})]));
  const shared = commonRows([...rows].filter(([type]) => isOfRun(type)).map(([, own]) => own));
  const list = eventTypes.map((type) => {
    const { when, status } = catalogEntry(type);
    return `| \`${type}\` | ${when} | ${status ? `\`${status}\`` : ''} | \`${cloudEventsType(type)}\` |`;
  });
  const sections = [...rows].map(([type, own]) =>
    describeType(type, own, isOfRun(type) ? shared : new Map()),
  );
  return `# Event types

Every event of the [run log](event-log.md), of the [streams](streams.md) and of [hooks](hooks.md), from the table that
\`GET /v1/event-types\` answers. The JSON Schemas are there and in [event-schemas.json](event-schemas.json). The last column
is the type's name for receivers of CloudEvents.

| type | when | leads to | CloudEvents |
| --- | --- | --- | --- |
${list.join('\n')}

## What every event of a run and its nodes has

${tableOf([...shared.values()])}
${sections.join('\n')}`;
}

const isOfRun = (type: EventType): boolean => catalogEntry(type).about !== 'endpoint';

function describeType(type: EventType, own: Rows, shared: Rows): string {
  const { when, status, final, namedOnly } = catalogEntry(type);
  const notes = [
    `${when[0]?.toUpperCase()}${when.slice(1)}.`,
    ...(status ? [`Leads to \`${status}\`${final ? ', for good' : ''}.`] : []),
    ...(namedOnly ? ['Hooks get it only when a filter names it exactly.'] : []),
  ];
  const rest = [...own].filter(([name]) => !shared.has(name)).map(([, row]) => row);
  return `## ${type}\n\n${notes.join(' ')}\n${rest.length > 0 ? `\n${tableOf(rest)}` : ''}`;
}

function tableOf(rows: readonly string[]): string {
  return `| in \`data\` | shape | always | |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}

function rowsOf({ properties = {}, required = [] }: Schema): Rows {
  const rows = Object.entries(properties).map(([name, schema]): [string, string] => {
    const text = (schema.description ?? '').replaceAll('|', '\\|');
    return [
      name,
      `| \`${name}\` | ${shapeOf(schema)} | ${required.includes(name) ? 'yes' : 'no'} | ${text} |`,
    ];
  });
  return new Map(rows);
}

/** The rows that are the same everywhere. */
function commonRows(all: readonly Rows[]): Rows {
  const [first = new Map<string, string>(), ...others] = all;
  return new Map([...first].filter(([name, row]) => others.every((rows) => rows.get(name) === row)));
}

function shapeOf({ type, const: only, enum: some, format }: Schema): string {
  if (only !== undefined) return `\`${JSON.stringify(only)}\``;
  if (some) return some.map((one) => `\`${JSON.stringify(one)}\``).join(', ');
  return format ?? type ?? 'any';
}
