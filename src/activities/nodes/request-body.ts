/** The bytes of a request's body: what its content-type asks for, made of a JSON value. */
import { FormData, Response } from 'undici';
import { mediaType } from '../../engine/json/charset.ts';
import type { Json, JsonObject } from '../../engine/json/json.ts';
import { invalidInput, textOf } from './request-input.ts';

/** A body as it is sent. */
export interface RequestBody {
  bytes: Buffer;
  /** The header that goes with it; absent: what was given holds. */
  contentType?: string;
}

/**
 * Encodes a body. A text is sent as it is, `{contentType, base64}` as those bytes, an object under a form's content-type as
 * that form, anything else as JSON. Returns `undefined` for no body.
 * @throws NodeFailure invalid_input when a form or base64 cannot be made of the value
 */
export async function encodeBody(
  value: Json | undefined,
  contentType: string | undefined,
): Promise<RequestBody | undefined> {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return { bytes: Buffer.from(value) };
  if (isBytes(value)) return { bytes: bytesOf(value, 'body'), contentType: contentType ?? value.contentType };
  if (contentType === undefined) return { bytes: encodeJson(value), contentType: 'application/json' };
  const encodeAsForm = formEncoders[mediaType(contentType)];
  return encodeAsForm ? encodeAsForm(objectOf(value)) : { bytes: encodeJson(value) };
}

/** What encodes an object under which content-type. */
const formEncoders: Readonly<Record<string, (value: JsonObject) => RequestBody | Promise<RequestBody>>> = {
  'application/x-www-form-urlencoded': (value) => ({ bytes: encodeForm(value) }),
  'multipart/form-data': encodeMultipart,
};

function encodeJson(value: Json): Buffer {
  return Buffer.from(JSON.stringify(value));
}

/** Bytes as answers and webhooks bring them; files of a form have a field and a name besides. */
interface Bytes {
  contentType: string;
  base64: string;
  field?: string;
  filename?: string;
}

const bytesMembers = ['contentType', 'base64', 'field', 'filename'];

function isBytes(value: unknown): value is Bytes {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { contentType, base64 } = value as Partial<Bytes>;
  const isOnly = Object.keys(value).every((name) => bytesMembers.includes(name));
  return isOnly && typeof contentType === 'string' && typeof base64 === 'string';
}

function bytesOf({ base64 }: Bytes, field: string): Buffer {
  const isBase64 = /^[A-Za-z0-9+/_-]*={0,2}$/.test(base64.replaceAll(/\s/g, ''));
  if (!isBase64) throw invalidInput(field, 'base64', 'another text');
  return Buffer.from(base64, 'base64');
}

function objectOf(value: Json): JsonObject {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw invalidInput(
    'body',
    'an object of the fields of the form',
    Array.isArray(value) ? 'an array' : typeof value,
  );
}

/** Names and texts of a form: each item of a list is a field, null is none. */
function fieldsOf(fields: JsonObject): [name: string, text: string][] {
  return Object.entries(fields).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value])
      .filter((item) => item !== null)
      .map((item): [string, string] => [name, textOf(item)]),
  );
}

function encodeForm(fields: JsonObject): Buffer {
  return Buffer.from(new URLSearchParams(fieldsOf(fields)).toString());
}

/** `{fields, files}` as such a form comes in, or the fields alone. */
async function encodeMultipart(value: JsonObject): Promise<RequestBody> {
  const isParted = Object.keys(value).every((name) => name === 'fields' || name === 'files');
  const { fields, files } = isParted ? value : { fields: value, files: [] };
  const form = new FormData();
  for (const [name, text] of fieldsOf(objectOf(fields ?? {}))) form.append(name, text);
  for (const [index, file] of listOf(files).entries()) {
    const field = `body.files[${index}]`;
    if (!isBytes(file) || file.field === undefined)
      throw invalidInput(field, '{field, filename, contentType, base64}', 'something else');
    const blob = new Blob([new Uint8Array(bytesOf(file, field))], { type: file.contentType });
    form.append(file.field, blob, file.filename ?? 'file');
  }
  const encoded = new Response(form);
  const contentType = encoded.headers.get('content-type') ?? 'multipart/form-data';
  return { bytes: Buffer.from(await encoded.arrayBuffer()), contentType };
}

function listOf(files: Json | undefined): Json[] {
  if (files === undefined || files === null) return [];
  if (Array.isArray(files)) return files;
  throw invalidInput('body.files', 'an array', typeof files);
}
