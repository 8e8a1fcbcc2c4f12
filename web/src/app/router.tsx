import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { loadPart } from '../data/load-part.ts';
import { readKey } from '../session/session.ts';
import { SignInPage } from '../session/sign-in-page.tsx';
import { Problem } from '../show/page.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import { Shell } from './shell.tsx';

/** Members of the query that are texts; anything else is left out. */
function texts<const Name extends string>(...names: Name[]) {
  return (search: Record<string, unknown>): Partial<Record<Name, string>> => {
    const given = names.flatMap((name) => (search[name] === undefined ? [] : [[name, String(search[name])]]));
    return Object.fromEntries(given) as Partial<Record<Name, string>>;
  };
}

const root = createRootRoute({ notFoundComponent: NotFoundPage });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: texts('next'),
  component: SignInPage,
});

/** Everything but signing in needs somebody who is signed in. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  beforeLoad: ({ location }) => {
    if (readKey() === null)
      throw redirect({ to: '/sign-in', search: { next: location.href }, replace: true });
  },
});

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  validateSearch: texts('span'),
  component: lazyRouteComponent(
    loadPart(() => import('../home/home-page.tsx')),
    'HomePage',
  ),
});

const workflows = createRoute({
  getParentRoute: () => shell,
  path: '/workflows',
  validateSearch: texts('status', 'lastRunStatus', 'search'),
  component: lazyRouteComponent(
    loadPart(() => import('../workflows/workflows-page.tsx')),
    'WorkflowsPage',
  ),
});

/** `node`: an id; `from`, `to`: versions that are compared. */
const workflow = createRoute({
  getParentRoute: () => shell,
  path: '/workflows/$workflowId',
  validateSearch: texts('tab', 'node', 'from', 'to'),
  component: lazyRouteComponent(
    loadPart(() => import('../workflow/workflow-page.tsx')),
    'WorkflowPage',
  ),
});

const runs = createRoute({
  getParentRoute: () => shell,
  path: '/runs',
  validateSearch: texts('status', 'workflowId', 'trigger'),
  component: lazyRouteComponent(
    loadPart(() => import('../runs/runs-page.tsx')),
    'RunsPage',
  ),
});

/** `at`: a sequence of the log; `node`: a path; `in`: an iteration such as `each[3]`; the rest filters the log. */
const run = createRoute({
  getParentRoute: () => shell,
  path: '/runs/$runId',
  validateSearch: texts('view', 'at', 'node', 'tab', 'in', 'types', 'find', 'items'),
  component: lazyRouteComponent(
    loadPart(() => import('../runs/run-page.tsx')),
    'RunPage',
  ),
});

const incoming = createRoute({
  getParentRoute: () => shell,
  path: '/incoming',
  validateSearch: texts('status', 'reason', 'workflowId'),
  component: lazyRouteComponent(
    loadPart(() => import('../incoming/incoming-page.tsx')),
    'IncomingPage',
  ),
});

const request = createRoute({
  getParentRoute: () => shell,
  path: '/incoming/$eventId',
  component: lazyRouteComponent(
    loadPart(() => import('../incoming/request-page.tsx')),
    'RequestPage',
  ),
});

const hooks = createRoute({
  getParentRoute: () => shell,
  path: '/hooks',
  validateSearch: texts('status'),
  component: lazyRouteComponent(
    loadPart(() => import('../hooks/hooks-page.tsx')),
    'HooksPage',
  ),
});

const endpoint = createRoute({
  getParentRoute: () => shell,
  path: '/hooks/$endpointId',
  component: lazyRouteComponent(
    loadPart(() => import('../hooks/endpoint-page.tsx')),
    'EndpointPage',
  ),
});

const delivery = createRoute({
  getParentRoute: () => shell,
  path: '/deliveries/$deliveryId',
  component: lazyRouteComponent(
    loadPart(() => import('../hooks/delivery-page.tsx')),
    'DeliveryPage',
  ),
});

const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  validateSearch: texts('tab'),
  component: lazyRouteComponent(
    loadPart(() => import('../settings/settings-page.tsx')),
    'SettingsPage',
  ),
});

const activity = createRoute({
  getParentRoute: () => shell,
  path: '/activity',
  validateSearch: texts('types', 'workflowId'),
  component: lazyRouteComponent(
    loadPart(() => import('../activity/activity-page.tsx')),
    'ActivityPage',
  ),
});

const approvals = createRoute({
  getParentRoute: () => shell,
  path: '/approvals',
  validateSearch: texts('workflowId'),
  component: lazyRouteComponent(
    loadPart(() => import('../approvals/approvals-page.tsx')),
    'ApprovalsPage',
  ),
});

const pages = [
  home,
  workflows,
  workflow,
  runs,
  run,
  incoming,
  request,
  hooks,
  endpoint,
  delivery,
  activity,
  approvals,
  settings,
];
const routeTree = root.addChildren([signIn, shell.addChildren(pages)]);

/** Every address of the dashboard. What a page shows stands in its address, so that it can be passed on. */
export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultErrorComponent: ({ error }) => <Problem error={error} onRetry={() => location.reload()} />,
  scrollRestoration: true,
  // Plain texts, as they stand: no quotes and no JSON in an address.
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== '');
    const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
    return query === '' ? '' : `?${query}`;
  },
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
