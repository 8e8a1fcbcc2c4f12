/** Replaces secrets wherever they show, by value: as they are and as the usual encodings write them. */
import type { Json } from '../engine/json/json.ts';
import { redacted } from '../expressions/parse/confidential.ts';

/** Shorter texts are not looked for: they would be found everywhere. */
export const minSecretLength = 4;

/** Replaces the secrets of one attempt. */
export interface Redactor {
  /** Whether there is nothing to hide. */
  isEmpty: boolean;
  text(text: string): string;
  /** Also in names, and numbers whose digits hold a secret. Returns the value itself when it holds none. */
  json(value: Json): Json;
}

/** Creates a redactor of texts; those shorter than `minSecretLength` are left out. */
export function createRedactor(values: readonly string[]): Redactor {
  const long = [...new Set(values)].filter((value) => value.length >= minSecretLength);
  // Longest first: one secret may be part of another.
  const forms = [...new Set(long.flatMap(formsOf))].sort((a, b) => b.length - a.length);
  const cores = [...new Set(long.flatMap(coresOf))];
  const inJson = [...forms, ...cores].map((form) => JSON.stringify(form).slice(1, -1));
  const text = (given: string): string => {
    const withoutCores = cores.reduce((left, core) => replaceAround(left, core), given);
    return forms.reduce((left, form) => left.replaceAll(form, redacted), withoutCores);
  };
  const walk = (value: Json): Json => {
    if (typeof value === 'string') return text(value);
    if (typeof value === 'number') return long.some((one) => String(value).includes(one)) ? redacted : value;
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [text(name), walk(inner)]));
  };
  const json = (value: Json): Json => {
    if (forms.length === 0) return value;
    const whole = JSON.stringify(value);
    return inJson.some((form) => whole.includes(form)) ? walk(value) : value;
  };
  return { isEmpty: forms.length === 0, text, json };
}

const htmlNames: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** How a text may be written: as it is, in JSON, in an address, in a form, in HTML. */
function formsOf(value: string): string[] {
  // Half a surrogate pair cannot be encoded.
  const wellFormed = Buffer.from(value).toString();
  const component = encodeURIComponent(wellFormed);
  const strict = component.replaceAll(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const form = new URLSearchParams({ '': wellFormed }).toString().slice(1);
  const percent = [component, strict, form, encodeURI(wellFormed)];
  const lower = percent.map((text) => text.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()));
  const html = value.replaceAll(/[&<>"']/g, (char) => htmlNames[char] ?? char);
  return [value, JSON.stringify(value).slice(1, -1), ...percent, ...lower, html];
}

/**
 * What base64 makes of a text inside any other, such as `user:password`: for each place it may have among three bytes,
 * the characters that depend on it alone.
 */
function coresOf(value: string): string[] {
  const bytes = Buffer.from(value);
  const plain = [0, 1, 2].map((before) => {
    const coded = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const first = Math.ceil((before * 8) / 6);
    const whole = Math.floor(((before + bytes.length) * 8) / 6);
    return coded.slice(first, whole);
  });
  return [...plain, ...plain.map((core) => core.replaceAll('+', '-').replaceAll('/', '_'))].filter(
    (core) => core.length >= minSecretLength,
  );
}

const base64Character = /[A-Za-z0-9+/_=-]/;

/** Replaces the whole base64 text around each place of a core: its neighbours hold some bits of the secret too. */
function replaceAround(text: string, core: string): string {
  let done = '';
  let from = 0;
  for (let at = text.indexOf(core); at >= 0; at = text.indexOf(core, from)) {
    let start = at;
    let end = at + core.length;
    while (start > from && base64Character.test(text[start - 1] ?? '')) start -= 1;
    while (end < text.length && base64Character.test(text[end] ?? '')) end += 1;
    done += text.slice(from, start) + redacted;
    from = end;
  }
  return done + text.slice(from);
}
