import { AppError } from '../../errors/app-error.ts';
import type { Json } from '../../engine/json.ts';
import { parseJson } from '../middleware/read-body.ts';

/**
 * Answers `$trigger.body` of the bytes that came in; the content is never lost: JSON is parsed, text stays text, the
 * rest is base64. No body is null.
 * @throws AppError invalid-json when the bytes are not the JSON they claim to be
 */
export function decodeBody(bytes: Buffer, contentType: string): Json {
  if (bytes.length === 0) return null;
  const type = (contentType.split(';')[0] ?? '').trim().toLowerCase();
  if (/[/+]json$/.test(type)) return parseJson(bytes) as Json;
  if (type === 'application/x-www-form-urlencoded') return decodeForm(bytes.toString('utf8'));
  if (type.startsWith('text/') || /[/+]xml$/.test(type)) return decodeText(bytes, contentType);
  return { contentType: type || 'application/octet-stream', base64: bytes.toString('base64') };
}

/** Repeated names become arrays. */
function decodeForm(text: string): Json {
  const fields = new URLSearchParams(text);
  const names = [...new Set(fields.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const values = fields.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}

function decodeText(bytes: Buffer, contentType: string): Json {
  const [, charset = 'utf-8'] = /charset="?([^";]+)"?/i.exec(contentType) ?? [];
  try {
    return new TextDecoder(charset.trim()).decode(bytes);
  } catch (cause) {
    throw new AppError('unsupported-media-type', `The charset ${charset} is not known.`, { cause });
  }
}
