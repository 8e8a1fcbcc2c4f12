/** Refusals of requests that reach no route, because the HTTP server itself does not take them. */
import { STATUS_CODES } from 'node:http';
import type { ServerResponse } from 'node:http';
import { currentTime } from '../../clock.ts';
import type { AppError } from '../../errors/app-error.ts';
import { createId } from '../../store/mongo/ids.ts';
import { problemOf, problemType } from './problem.ts';

type Headers = Readonly<Record<string, string>>;

/** Makes the headers and the body of a refusal. It repeats nothing of the request. */
function refusalOf(given: Headers, error: AppError): { headers: Headers; body: string } {
  const requestId = createId('req');
  const body = JSON.stringify(problemOf(error, requestId));
  const headers = {
    ...given,
    'x-request-id': requestId,
    'cache-control': 'no-store',
    'content-type': problemType,
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  return { headers, body };
}

/** Refuses a request and ends its connection. */
export function refuse(response: ServerResponse, given: Headers, error: AppError): void {
  const { headers, body } = refusalOf(given, error);
  response.writeHead(error.status, headers).end(body);
}

/** Returns the bytes of a refusal, for a connection on which no request was read. */
export function refusalText(given: Headers, error: AppError): string {
  const { headers, body } = refusalOf(given, error);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status]}\r\ndate: ${currentTime().toUTCString()}\r\n${lines.join('')}\r\n${body}`;
}
