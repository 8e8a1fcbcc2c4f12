import type { components } from './api-types.ts';

type Told = Partial<components['schemas']['Problem']>;

/** A refusal or an outage that the API answered as RFC 9457 problem details. */
export class HookloomProblem extends Error {
  /** HTTP status. */
  readonly status: number;
  /** Code of the problem, such as `not-found`; `unknown` for an answer that is none of Hookloom's. */
  readonly code: string;
  readonly title: string;
  /** What was expected, what came, what to do. */
  readonly detail: string;
  /** Each place that is wrong, as RFC 6901 pointers from the body's root, with what is wrong there. */
  readonly pointers: readonly { pointer: string; detail: string; code?: string }[];
  /** Id of the request, as in the API's log. */
  readonly requestId: string | undefined;

  constructor(status: number, told: Told) {
    const { type = '', title = `HTTP ${status}`, detail = title, errors = [], instance } = told;
    super(detail);
    this.name = 'HookloomProblem';
    this.status = status;
    this.code = type.startsWith('/problems/') ? type.slice('/problems/'.length) : 'unknown';
    this.title = title;
    this.detail = detail;
    this.pointers = errors;
    this.requestId = instance;
  }
}

/** Reads the problem of an answer that is not 2xx. */
export async function problemOf(response: Response): Promise<HookloomProblem> {
  const text = await response.text().catch(() => '');
  return new HookloomProblem(
    response.status,
    parse(text) ?? (text === '' ? {} : { detail: text.slice(0, 500) }),
  );
}

function parse(text: string): Told | undefined {
  try {
    const told: unknown = JSON.parse(text);
    return typeof told === 'object' && told !== null ? told : undefined;
  } catch {
    return undefined;
  }
}
