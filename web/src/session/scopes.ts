import { useWhoami } from '../data/queries.ts';
import type { Whoami } from '../data/types.ts';

/** What a key may do; each includes the ones before it. Source: docs/api.md, the column "scope". */
export const scopes = ['read', 'run', 'write', 'admin', 'operator'] as const;
export type Scope = (typeof scopes)[number];

/** Whether a key has a scope. */
export function hasScope({ scopes: given }: Pick<Whoami, 'scopes'>, wanted: Scope): boolean {
  return given.some((one) => scopes.indexOf(one as Scope) >= scopes.indexOf(wanted));
}

/** Whether who is signed in may do what needs a scope: what they may not is not shown. */
export function useMay(wanted: Scope): boolean {
  const { data } = useWhoami();
  return data !== undefined && hasScope(data, wanted);
}
