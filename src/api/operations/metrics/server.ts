import type { Server } from 'node:http';
import type { Logger } from '../../../log.ts';
import { AppError } from '../../../errors/app-error.ts';
import { createHttpServer } from '../../routing/http-server.ts';
import { refuse } from '../../routing/refuse-unread.ts';
import { securityHeaders } from '../../routing/security-headers.ts';
import type { Metrics } from './metrics.ts';

/** Returns `GET /metrics` without a key: for a port of its own that the monitoring system alone can reach. */
export function createMetricsServer(metrics: Metrics, log: Logger): Server {
  const headers = securityHeaders(false);
  return createHttpServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics')
      return refuse(response, headers, new AppError('not-found', 'Expected GET /metrics.'));
    metrics.read().then(
      ({ text, contentType }) =>
        response.writeHead(200, { ...headers, 'content-type': contentType }).end(text),
      (error: unknown) => {
        log.warn({ err: error }, 'metrics could not be read');
        refuse(response, headers, new AppError('store-unavailable', 'MongoDB does not answer.'));
      },
    );
  });
}
