/** What a wait asks for, for people: as it was recorded when it began, before that as its definition says. */
import { choicesOf } from '../../engine/definition/choices.ts';
import type { Choice } from '../../engine/definition/choices.ts';
import type { DefinitionNode } from '../../engine/definition/definition.ts';
import type { Asked } from '../../engine/definition/form.schema.ts';
import type { Json, JsonObject } from '../../engine/json/json.ts';

/** What a wait asks for. */
export interface WaitDescription {
  title: string;
  description: string | null;
  /** JSON Schema of the data; `null` for any. */
  formSchema: Json;
  choices: Choice[];
}

/**
 * Returns what a wait asks for. Its own title and description come before those of its node.
 * @param asked its recorded input; absent before it begins: then what holds expressions is not known yet
 */
export function describeWait(
  nodeId: string,
  node: DefinitionNode | undefined,
  asked: Asked,
): WaitDescription {
  const { title, description, formSchema, choices } = asked ?? plannedOf(node);
  return {
    title: textOf(title) ?? node?.title ?? nodeId,
    description: textOf(description) ?? node?.description ?? null,
    formSchema: formSchema ?? null,
    choices: choicesOf(choices),
  };
}

/** The members of a payload that are known before the wait begins. */
export function plannedOf(node: DefinitionNode | undefined): JsonObject {
  const members = Object.entries(node?.payload ?? {});
  return Object.fromEntries(members.filter(([, value]) => !JSON.stringify(value).includes('{{')));
}

/** Whether the form and the choices of a wait are known before it begins. */
export function isPlanKnown(node: DefinitionNode | undefined): boolean {
  const { formSchema = null, choices = null } = node?.payload ?? {};
  return !JSON.stringify([formSchema, choices]).includes('{{');
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
