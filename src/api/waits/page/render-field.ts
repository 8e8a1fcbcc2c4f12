import type { Json, JsonObject } from '../../../engine/json/json.ts';
import { html } from '../../routing/html.ts';
import type { Html } from '../../routing/html.ts';
import type { Field } from './form-fields.ts';
import type { FormFields } from '../../routing/route.ts';

/** A form that came back. */
export interface Given {
  /** What was sent; absent: nothing yet, so that defaults show. */
  values?: FormFields | undefined;
  /** What is wrong, by field. */
  problems: ReadonlyMap<string, string>;
}

/** Returns a field with its label, its description and what is wrong with it. */
export function renderField(field: Field, given: Given): Html {
  if (field.kind === 'group') return renderGroup(field, given);
  if (field.kind === 'flag' || field.kind === 'choices') return renderChecks(field, given);
  const { name, label, isRequired } = field;
  return html`<div class="field">
    <label for="${name}">${label}${!isRequired && html` <span class="dim">(optional)</span>`}</label>
    ${renderHints(field, given)} ${renderInput(field, given)}
  </div>`;
}

function renderGroup(field: Field, given: Given): Html {
  const members = field.fields.map((one) => renderField(one, given));
  if (field.member === '') return html`${renderHints(field, given)}${members}`;
  return html`<fieldset>
    <legend>${field.label}</legend>
    ${renderHints(field, given)} ${members}
  </fieldset>`;
}

function renderHints(field: Field, { problems }: Given): Html {
  const { name, description } = field;
  const problem = problems.get(name);
  return html`${description && html`<p class="hint" id="${name}-hint">${description}</p>`}${
    problem && html`<p class="wrong" id="${name}-wrong">${problem}</p>`
  }`;
}

function renderInput(field: Field, given: Given): Html {
  const { name, kind, isRequired } = field;
  const shared = html`id="${name}" name="${name}" ${isRequired && html`required`} ${describedBy(field, given)}`;
  const text = textIn(field, given);
  if (kind === 'choice') return renderSelect(field, shared, text);
  if (kind === 'long-text' || kind === 'json')
    return html`<textarea ${shared} rows="4" ${kind === 'json' && html`class="mono" spellcheck="false"`}>
${text}</textarea>`;
  return html`<input ${shared} ${typeOf(field)} ${boundsOf(field.schema)} value="${text}" />`;
}

function describedBy({ name, description }: Field, { problems }: Given): Html {
  const ids = [...(description ? [`${name}-hint`] : []), ...(problems.has(name) ? [`${name}-wrong`] : [])];
  return html`${ids.length > 0 && html`aria-describedby="${ids.join(' ')}"`}
  ${problems.has(name) && html`aria-invalid="true"`}`;
}

function renderSelect({ options, isRequired }: Field, shared: Html, chosen: string): Html {
  return html`<select ${shared}>
    <option value="">${isRequired ? 'Choose …' : '–'}</option>
    ${options.map(({ value, label }) => {
      const text = JSON.stringify(value);
      return html`<option value="${text}" ${text === chosen && html`selected`}>${label}</option>`;
    })}
  </select>`;
}

/** One box for a yes or no, one for each option of a list. */
function renderChecks(field: Field, given: Given): Html {
  const { name, kind, label, options, schema } = field;
  const isSent = given.values !== undefined;
  const sent = given.values?.[name] ?? [];
  const preset = schema['default'];
  const box = (id: string, value: string, [text, isOn]: [string, boolean]) =>
    html`<label class="check" for="${id}">
      <input type="checkbox" id="${id}" name="${name}" value="${value}" ${isOn && html`checked`} />
      <span>${text}</span>
    </label>`;
  if (kind === 'flag')
    return html`<div class="field">
      ${renderHints(field, given)} ${box(name, 'on', [label, isSent ? sent.length > 0 : preset === true])}
    </div>`;
  const boxes = options.map(({ value, label: text }, index) => {
    const own = JSON.stringify(value);
    const isPreset = Array.isArray(preset) && preset.some((one) => JSON.stringify(one) === own);
    return box(`${name}-${index}`, own, [text, isSent ? sent.includes(own) : isPreset]);
  });
  return html`<fieldset>
    <legend>${label}</legend>
    ${renderHints(field, given)} ${boxes}
  </fieldset>`;
}

/** What a field shows: what was sent, else the default. */
function textIn({ name, kind, schema }: Field, { values }: Given): string {
  if (values) return values[name]?.[0] ?? '';
  const preset: Json | undefined = schema['default'];
  if (preset === undefined) return '';
  return typeof preset === 'string' && kind !== 'choice' && kind !== 'json' ? preset : JSON.stringify(preset);
}

/** Keyboards and checks of the browser, by the schema's format. */
const inputTypes: Readonly<Record<string, string>> = {
  email: 'email',
  date: 'date',
  time: 'time',
  uri: 'url',
};

function typeOf({ kind, schema }: Field): Html {
  if (kind === 'number')
    return html`type="number" step="${schema['type'] === 'integer' ? '1' : 'any'}" inputmode="decimal"`;
  return html`type="${inputTypes[String(schema['format'])] ?? 'text'}"`;
}

/** Bounds that browsers know, by the schema's keywords. */
const bounds = { minimum: 'min', maximum: 'max', minLength: 'minlength', maxLength: 'maxlength' } as const;

function boundsOf(schema: JsonObject): Html[] {
  return Object.entries(bounds).flatMap(([keyword, attribute]) => {
    const bound = schema[keyword];
    return typeof bound === 'number' ? [html`${attribute}="${bound}" `] : [];
  });
}
