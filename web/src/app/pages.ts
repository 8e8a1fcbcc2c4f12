import type { Scope } from '../session/scopes.ts';

/** A page that the navigation names. `icon`: a path in a box of 16. */
export interface NamedPage {
  to: string;
  label: string;
  icon: string;
  /** Letter that goes there after `g`. */
  letter: string;
  /** Scope without which the page has nothing to show. */
  scope?: Scope;
}

/** The pages, in the order of the navigation. */
export const pages: readonly NamedPage[] = [
  { to: '/runs', label: 'Runs', icon: 'M4 3l8 5-8 5z', letter: 'r' },
];
