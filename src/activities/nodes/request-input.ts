/** Reads what a request is made of; what expressions gave is checked again, before anything is sent. */
import { validateHeaderName, validateHeaderValue } from 'node:http';
import { connectionHeaders } from '../../outbound/egress/protected-headers.ts';
import type { Json, JsonObject } from '../../engine/json/json.ts';
import { NodeFailure } from '../node-code.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];
const maxRedirects = 5;
/** A text as it is, anything else as JSON. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The URL of a request. @throws NodeFailure invalid_input that never shows the text, which may hold a secret */
export function urlOf(value: Json | undefined): URL {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  if (url && /^https?:$/.test(url.protocol)) return url;
  throw invalidInput(
    'url',
    'an http or https URL',
    typeof value === 'string' ? 'another text' : typeof value,
  );
}

/** The method of a request. @throws NodeFailure invalid_input */
export function methodOf(value: Json | undefined): string {
  const method = String(value ?? 'GET').toUpperCase();
  if (methods.includes(method)) return method;
  throw invalidInput('method', `one of ${methods.join(', ')}`, 'another text');
}

/** How many redirects are followed. @throws NodeFailure invalid_input */
export function redirectsOf(value: Json | undefined): number {
  const count = Number(value ?? 0);
  if (Number.isInteger(count) && count >= 0 && count <= maxRedirects) return count;
  throw invalidInput('followRedirects', `a whole number from 0 to ${maxRedirects}`, JSON.stringify(value));
}

/**
 * The headers of a request, their names in lower case.
 * @throws NodeFailure invalid_input for what cannot be sent, and for values that are no text, numbers or booleans
 */
export function headersOf(value: Json | undefined): Record<string, string> {
  const given = Object.entries((value ?? {}) as JsonObject);
  return Object.fromEntries(
    given.map(([name, one]) => checkHeader(name.toLowerCase(), headerValue(name, one))),
  );
}

function headerValue(name: string, value: Json): string {
  if (['string', 'number', 'boolean'].includes(typeof value)) return String(value);
  const came = value === null ? 'null' : Array.isArray(value) ? 'an array' : 'an object';
  throw invalidInput('headers', `a text as the value of ${JSON.stringify(name)}`, came);
}

function checkHeader(name: string, value: string): [string, string] {
  if (connectionHeaders.has(name))
    throw invalidInput('headers', 'none of the connection itself', JSON.stringify(name));
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return [name, value];
  } catch {
    throw invalidInput('headers', 'names and values that can be sent', `others for ${JSON.stringify(name)}`);
  }
}

/** A field that is not as it must be. */
export function invalidInput(field: string, expected: string, came: string): NodeFailure {
  const message = `${field}: expected ${expected}; came ${came}`;
  return new NodeFailure({ type: 'invalid_input', message, retryable: false });
}
