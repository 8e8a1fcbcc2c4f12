import { version } from '../../../version.ts';
import { alive, readiness } from '../answers.ts';
import { route } from '../../routing/route.ts';
import type { ApiDeps } from '../../routing/deps.ts';

/** Longest that MongoDB may take to answer, in milliseconds. */
const answerMs = 2_000;

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
    summary: 'Whether requests can be served, each dependency by name with its version',
    answers: {
      200: { is: 'All dependencies answer, and every part of the process works.', schema: readiness },
      503: { is: 'One does not, or the process is stopping.', schema: readiness },
    },
    handler: async ({ deps }) => {
      const [mongodb, temporal] = await Promise.all([mongoVersion(deps), deps.temporalVersion()]);
      const isUp = { mongodb: mongodb !== null, temporal: temporal !== null, ...deps.parts() };
      const states = Object.entries(isUp);
      const isReady = states.every(([, isUp]) => isUp) && !deps.closing.aborted;
      const dependencies = Object.fromEntries(states.map(([name, isUp]) => [name, isUp ? 'up' : 'down']));
      const versions = { hookloom: version, mongodb, temporal };
      const status = isReady ? 'ready' : 'not ready';
      return { status: isReady ? 200 : 503, body: { status, dependencies, versions } };
    },
  }),
];

/** The version of MongoDB; `null` while it does not answer. */
async function mongoVersion({ db }: ApiDeps): Promise<string | null> {
  return db.command({ buildInfo: 1 }, { timeoutMS: answerMs }).then(
    (answer) => String(answer['version']),
    () => null,
  );
}
