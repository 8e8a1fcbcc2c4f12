/** The answer that a sent form stands for. */
import { parseExactJson } from '../../../engine/json/exact-json.ts';
import type { Json, JsonObject } from '../../../engine/json/json.ts';
import type { FormFields } from '../../routing/route.ts';
import type { Field } from './form-fields.ts';

/**
 * Returns the value of a field; `undefined` for what was left empty. What is not what its field asks for stays as it was
 * written, so that the schema says what is wrong with it.
 */
export function readField(field: Field, values: FormFields): Json | undefined {
  const texts = (values[field.name] ?? []).filter(Boolean);
  if (field.kind === 'flag') return texts.length > 0;
  if (field.kind === 'group') return readGroup(field, values);
  if (field.kind === 'choices') return texts.map((one) => optionOf(field, one));
  const [text] = texts;
  return text === undefined ? undefined : readText(field, text);
}

function readText(field: Field, text: string): Json {
  if (field.kind === 'choice') return optionOf(field, text);
  if (field.kind === 'number' || field.kind === 'json') return jsonOf(text);
  // Browsers send the lines of a form with CRLF.
  return text.replaceAll('\r\n', '\n');
}

function readGroup({ fields }: Field, values: FormFields): Json {
  const members = fields.flatMap((field) => {
    const value = readField(field, values);
    return value === undefined ? [] : [[field.member, value] as const];
  });
  return Object.fromEntries(members) satisfies JsonObject;
}

/** What an option stands for: it is sent as JSON. */
function optionOf({ options }: Field, text: string): Json {
  return options.find(({ value }) => JSON.stringify(value) === text)?.value ?? text;
}

function jsonOf(text: string): Json {
  try {
    return parseExactJson(text);
  } catch {
    return text;
  }
}
