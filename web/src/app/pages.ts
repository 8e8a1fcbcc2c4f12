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
  { to: '/', label: 'Home', icon: 'M2.5 7.5L8 3l5.5 4.5V13h-4V9.5h-3V13h-4z', letter: 'o' },
  {
    to: '/workflows',
    label: 'Workflows',
    icon: 'M2.5 3h4v4h-4zM9.5 9h4v4h-4zM4.5 7v4h5',
    letter: 'w',
  },
  { to: '/runs', label: 'Runs', icon: 'M4 3l8 5-8 5z', letter: 'r' },
  {
    to: '/incoming',
    label: 'Incoming',
    icon: 'M2 9h4l1 2h2l1-2h4M2 9v4h12V9M8 2v5M5.5 4.5L8 7l2.5-2.5',
    letter: 'i',
  },
  {
    to: '/hooks',
    label: 'Hooks',
    icon: 'M2 9h4l1 2h2l1-2h4M2 9v4h12V9M8 7V2M5.5 4.5L8 2l2.5 2.5',
    letter: 'h',
  },
  { to: '/approvals', label: 'Approvals', icon: 'M2.5 2.5h11v11h-11zM5 8.2l2.2 2.2L11 6', letter: 'p' },
  { to: '/activity', label: 'Activity', icon: 'M1.5 8h3l2-5 3 10 2-5h3', letter: 'a' },
  {
    to: '/settings',
    label: 'Settings',
    icon: 'M2 4h7M12 4h2M9 2.5v3M2 12h2M7 12h7M7 10.5v3M2 8h9M11 6.5v3M14 8h-.5',
    letter: 's',
  },
];
