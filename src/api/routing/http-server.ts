import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { AppError } from '../../errors/app-error.ts';
import { refusalText, refuse } from './refuse-unread.ts';
import { securityHeaders } from './security-headers.ts';

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
  /** Whether clients reach it by HTTPS: see `securityHeaders`. Default false. */
  isHttps?: boolean;
}

/**
 * Creates the HTTP server of the API. What its parser refuses is answered as every refusal: 400, 408 (too slow), 413,
 * 417 or 431, and the connection ends.
 */
export function createHttpServer(handle: RequestListener, limits: ServerLimits = {}): Server {
  const { headersMs = 10_000, requestMs = 60_000, idleMs = 65_000, headerBytes = 16 * 1024 } = limits;
  const headers = securityHeaders(limits.isHttps ?? false);
  /** The last answer of each connection. */
  const answers = new WeakMap<Duplex, ServerResponse>();
  const server = createServer({
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    keepAliveTimeout: idleMs,
    maxHeaderSize: headerBytes,
    connectionsCheckingInterval: limits.checkEveryMs ?? 2_000,
    // Node's own refusal has no body.
    requireHostHeader: false,
  });
  server.on('request', (request, response) => {
    answers.set(request.socket, response);
    if (request.httpVersion === '1.1' && request.headers.host === undefined)
      return refuse(response, headers, new AppError('invalid-request', 'Expected the header host.'));
    handle(request, response);
  });
  server.on('checkExpectation', (_: IncomingMessage, response: ServerResponse) =>
    refuse(
      response,
      headers,
      new AppError('expectation-failed', 'Expected no expectation but 100-continue.'),
    ),
  );
  server.on('connect', (_: IncomingMessage, socket: Duplex) => {
    const error = new AppError('method-not-allowed', 'This server is no proxy; it takes no CONNECT.');
    socket.end(refusalText(headers, error));
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    const answer = answers.get(socket);
    const isBegun = answer !== undefined && answer.headersSent && !answer.writableFinished;
    if (!socket.writable || isBegun) return socket.destroy();
    socket.end(refusalText(headers, reasonOf(error)), () => socket.destroy());
  });
  return server;
}

/** The refusal of what the parser has found. Source: Node.js, `http`, event `clientError`. */
function reasonOf({ code = '' }: NodeJS.ErrnoException): AppError {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new AppError('headers-too-large', 'The request line and the headers are larger than allowed.');
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return new AppError('payload-too-large', 'The extensions of the chunks are larger than allowed.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new AppError('request-timeout', 'The request did not end in time.');
    default:
      return new AppError('invalid-request', 'The request is not valid HTTP/1.1.');
  }
}
