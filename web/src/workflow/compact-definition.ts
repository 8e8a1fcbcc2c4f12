import type { Definition, DefinitionNode } from '../../../src/engine/definition/definition.ts';

/** A definition without what is the default, as people write it; saving it again makes no new version. */
export function compactDefinition({ nodes, settings, ...rest }: Definition): object {
  const { onNodeFailure, strict, ...bounds } = settings;
  const given = {
    ...(onNodeFailure === 'cancel' ? {} : { onNodeFailure }),
    ...(strict ? { strict } : {}),
    ...bounds,
  };
  return {
    nodes: Object.fromEntries(Object.entries(nodes).map(([id, node]) => [id, compactNode(node)])),
    ...(isEmpty(given) ? {} : { settings: given }),
    ...rest,
  };
}

function compactNode(node: DefinitionNode): object {
  const { type, title, description, payload, children, branches, onError, continueOnError, join, ...rest } =
    node;
  return {
    type,
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(isEmpty(payload) ? {} : { payload }),
    ...rest,
    ...(children.length === 0 ? {} : { children }),
    ...(isEmpty(branches) ? {} : { branches }),
    ...(onError.length === 0 ? {} : { onError }),
    ...(continueOnError ? { continueOnError } : {}),
    ...(join === 'settled' ? {} : { join }),
  };
}

function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0;
}

/** Longest list of plain values that stands on one line. */
const lineLength = 80;

/** The text of a definition in the editor: as JSON is written by people, with short lists on one line. */
export function textOfDefinition(definition: Definition): string {
  const text = JSON.stringify(compactDefinition(definition), null, 2);
  // A text never holds a line's end itself, so a bracket before one is none of a text.
  const short = text.replaceAll(/\[\n\s*((?:[^\n[\]{}]+\n\s*)+)\]/g, (whole, items: string) => {
    const line = `[${items.trim().replaceAll(/\n\s*/g, ' ')}]`;
    return line.length <= lineLength ? line : whole;
  });
  return `${short}\n`;
}
