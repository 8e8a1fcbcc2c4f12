import { z } from 'zod';
import { positionOf } from '../../store/live/stream-position.ts';
import type { StreamPosition } from '../../store/live/stream-position.ts';

const schema = z.strictObject({
  token: z.looseObject({ _data: z.string().regex(/^[0-9A-Fa-f]+$/) }),
  at: z.int().min(0).max(8.64e15),
});

/** The cursor of an activity stream: opaque to readers. */
export function encodeCursor({ token, at }: StreamPosition): string {
  return Buffer.from(JSON.stringify({ token, at: at.getTime() })).toString('base64url');
}

/** The position of a cursor; `undefined` for a text that is none of ours: its stream is reset. */
export function decodeCursor(text: string): StreamPosition | undefined {
  try {
    const parsed = schema.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    return parsed.success ? positionOf(parsed.data.token, new Date(parsed.data.at)) : undefined;
  } catch {
    return undefined;
  }
}
