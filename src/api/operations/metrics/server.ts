import type { Server } from 'node:http';
import type { Logger } from '../../../log.ts';
import { createHttpServer } from '../../routing/http-server.ts';
import type { Metrics } from './metrics.ts';

/** Returns `GET /metrics` without a key: for a port of its own that the monitoring system alone can reach. */
export function createMetricsServer(metrics: Metrics, log: Logger): Server {
  return createHttpServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') return response.writeHead(404).end();
    metrics.read().then(
      ({ text, contentType }) => response.writeHead(200, { 'content-type': contentType }).end(text),
      (error: unknown) => {
        log.warn({ err: error }, 'metrics could not be read');
        response.writeHead(503).end();
      },
    );
  });
}
