import { text } from '../../documents/answers.ts';
import { route } from '../../routing/route.ts';

/** Metrics for who has a key; without one they are on `METRICS_PORT`. */
export const metricsRoutes = [
  route({
    method: 'get',
    path: '/metrics',
    scope: 'operator',
    tag: 'Platform',
    summary: 'Metrics of this process and of what is under way, in Prometheus’ text format',
    produces: 'text/plain',
    answers: { 200: { is: 'The metrics.', schema: text } },
    handler: async ({ deps }) => {
      const metrics = await deps.metrics.read();
      return { body: metrics.text, headers: { 'content-type': metrics.contentType } };
    },
  }),
];
