import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';

/** How long a peer may take, in milliseconds, and how much it may send before the body. */
export interface ServerLimits {
  /** For the headers of a request. Default 10 seconds: who needs longer holds the connection for its own sake. */
  headersMs?: number;
  /** For a whole request, its body included; an answer, such as a stream, may take any time. Default one minute. */
  requestMs?: number;
  /** Between two requests of a connection. Default 65 seconds: longer than the idle time of common load balancers. */
  idleMs?: number;
  /** All headers together, in bytes; more is 431. Default 16 KiB. */
  headerBytes?: number;
  /** How often the times are looked at. Default two seconds. */
  checkEveryMs?: number;
}

/** Creates the HTTP server of the API. Who is too slow is answered 408, and its connection ends. */
export function createHttpServer(handle: RequestListener, limits: ServerLimits = {}): Server {
  const { headersMs = 10_000, requestMs = 60_000, idleMs = 65_000, headerBytes = 16 * 1024 } = limits;
  return createServer(
    {
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      keepAliveTimeout: idleMs,
      maxHeaderSize: headerBytes,
      connectionsCheckingInterval: limits.checkEveryMs ?? 2_000,
    },
    handle,
  );
}
