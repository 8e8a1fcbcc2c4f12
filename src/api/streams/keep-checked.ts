import { isKeyLive } from '../../store/api-keys.ts';
import type { ApiDeps } from '../deps.ts';
import type { EventStream } from './sse.ts';

/** How often the key of an open stream is looked at again. */
const checkEveryMs = 60_000;

/** Ends a stream soon after its key was revoked or has expired. */
export function keepChecked(deps: Pick<ApiDeps, 'db' | 'log'>, stream: EventStream, keyId: string): void {
  const timer = setInterval(() => {
    isKeyLive(deps.db, keyId).then(
      (isLive) => isLive || stream.end('unauthorized'),
      (error: unknown) => deps.log.warn({ err: error }, 'a key could not be checked'),
    );
  }, checkEveryMs);
  stream.signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}
