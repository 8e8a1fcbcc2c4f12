import { z } from 'zod';
import { positionOf } from '../../store/live/stream-position.ts';
import type { StreamPosition } from '../../store/live/stream-position.ts';

const schema = z.strictObject({
  token: z.looseObject({ _data: z.string().regex(/^[0-9A-Fa-f]+$/) }),
  at: z.int().min(0).max(8.64e15),
  /** Of a place inside an append: which, and how many of its events the reader has. */
  inside: z.strictObject({ order: z.string().regex(/^[0-9A-Fa-f]+$/), told: z.int().min(1) }).optional(),
});

/** The cursor of an activity stream: opaque to readers. */
export function encodeCursor({ token, at, order, told }: StreamPosition): string {
  const inside = told === Infinity ? {} : { inside: { order, told } };
  return Buffer.from(JSON.stringify({ token, at: at.getTime(), ...inside })).toString('base64url');
}

/** The position of a cursor; `undefined` for a text that is none of ours: its stream is reset. */
export function decodeCursor(text: string): StreamPosition | undefined {
  try {
    const parsed = schema.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    if (!parsed.success) return undefined;
    const { token, at, inside } = parsed.data;
    return { ...positionOf(token, new Date(at)), ...inside };
  } catch {
    return undefined;
  }
}
