import { alive, readiness } from '../answers.ts';
import { route } from '../../routing/route.ts';
import type { ApiDeps } from '../../routing/deps.ts';

/** Longest that MongoDB may take to answer a ping, in milliseconds. */
const pingMs = 2_000;

/** Liveness and readiness. */
export const healthRoutes = [
  route({
    method: 'get',
    path: '/livez',
    scope: 'public',
    tag: 'Platform',
    summary: 'Whether the process lives',
    answers: { 200: { is: 'It does.', schema: alive } },
    handler: () => ({ body: { status: 'ok' } }),
  }),
  route({
    method: 'get',
    path: '/readyz',
    scope: 'public',
    tag: 'Platform',
    summary: 'Whether requests can be served, each dependency by name',
    answers: {
      200: { is: 'All dependencies answer, and every part of the process works.', schema: readiness },
      503: { is: 'One does not, or the process is stopping.', schema: readiness },
    },
    handler: async ({ deps }) => {
      const [mongodb, temporal] = await Promise.all([isMongoReady(deps), deps.isTemporalReady()]);
      const states = Object.entries({ mongodb, temporal, ...deps.parts() });
      const isReady = states.every(([, isUp]) => isUp) && !deps.closing.aborted;
      const dependencies = Object.fromEntries(states.map(([name, isUp]) => [name, isUp ? 'up' : 'down']));
      return { status: isReady ? 200 : 503, body: { status: isReady ? 'ready' : 'not ready', dependencies } };
    },
  }),
];

async function isMongoReady({ db }: ApiDeps): Promise<boolean> {
  return db.command({ ping: 1 }, { timeoutMS: pingMs }).then(
    () => true,
    () => false,
  );
}
