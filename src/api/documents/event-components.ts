import { eventTypes } from '../../engine/log/event-catalog.ts';
import type { EventType } from '../../engine/log/event-catalog.ts';
import { eventJsonSchemas } from '../../engine/log/event.schema.ts';
import type { JsonSchema } from './json-schemas.ts';

/** The component's name of an event type: `node.succeeded` is `NodeSucceededEvent`. */
function nameOf(type: EventType): string {
  const words = type.split('.').map((word) => `${word[0]?.toUpperCase()}${word.slice(1)}`);
  return `${words.join('')}Event`;
}

const refTo = (type: EventType) => `#/components/schemas/${nameOf(type)}`;

/** Returns the component of every event type, and `Event`, which is one of them, told apart by `type`. */
export function describeEventSchemas(): Record<string, JsonSchema> {
  const schemas = eventJsonSchemas();
  const each = eventTypes.map((type) => {
    const { $schema: _, ...schema } = schemas[type];
    return [nameOf(type), schema] as const;
  });
  const mapping = Object.fromEntries(eventTypes.map((type) => [type, refTo(type)]));
  return {
    ...Object.fromEntries(each),
    Event: {
      description: 'What happened: one shape in the log, in streams and in hooks.',
      oneOf: eventTypes.map((type) => ({ $ref: refTo(type) })),
      discriminator: { propertyName: 'type', mapping },
    },
  };
}
