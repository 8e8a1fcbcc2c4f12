/** Who is signed in: the key lives in this tab's session storage and nowhere else. */
import { useSyncExternalStore } from 'react';

const name = 'hookloom.key';
const listeners = new Set<() => void>();

/** Returns the key of this tab; `null` when nobody is signed in. */
export function readKey(): string | null {
  return sessionStorage.getItem(name);
}

/** Signs in with a key, or out with `null`. */
export function keepKey(key: string | null): void {
  if (key === null) sessionStorage.removeItem(name);
  else sessionStorage.setItem(name, key);
  for (const listener of listeners) listener();
}

/** The key of this tab, for components. */
export function useKey(): string | null {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, readKey);
}
