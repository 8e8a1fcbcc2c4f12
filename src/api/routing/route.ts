/**
 * A route as data: the router, validation and the OpenAPI document all derive from it, so a route that exists is in
 * the document.
 */
import type { Context } from 'koa';
import type { ClientSession } from 'mongodb';
import type { z } from 'zod';
import type { Scope } from '../../store/access/api-keys.ts';
import type { StreamSubject } from '../streams/stream-tokens.ts';
import type { ApiDeps } from './deps.ts';

/** Who calls, by the key. */
export interface Principal {
  organizationId: string;
  keyId: string;
  scopes: readonly Scope[];
  /** Until when, of a stream token. */
  expiresAt?: Date | undefined;
}

/**
 * Creates something and answers with it, in one transaction: with an `Idempotency-Key` the answer is kept there too.
 * `work` may be repeated; whatever else is to happen happens after the commit.
 */
export type Commit = <Created extends { answer: Answer }>(
  work: (session: ClientSession) => Promise<Created>,
) => Promise<Created>;

/** What a handler gets: parsed input in typed places. */
export interface RouteContext<Params, Query, Body> {
  deps: ApiDeps;
  ctx: Context;
  principal: Principal;
  params: Params;
  query: Query;
  body: Body;
  /** For routes that create. */
  commit: Commit;
}

/** What a handler answers; `undefined` when it has written the answer itself. */
export interface Answer {
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/** The body of an answer. */
export interface AnswerSchema {
  /** What it is, in words. */
  is: string;
  schema: z.ZodType;
}

/** Returns what an answer is, in words. */
export function wordsOf(answer: string | AnswerSchema): string {
  return typeof answer === 'string' ? answer : answer.is;
}

type Schema = z.ZodType;
type Parsed<S extends Schema | undefined> = S extends Schema ? z.output<S> : undefined;

/** One route. */
export interface Route {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete' | 'all';
  /** With `{name}` for parameters, as in OpenAPI. */
  path: string;
  /** Least scope of the key; `public`: no key. */
  scope: Scope | 'public';
  /** What its `id` names, of a stream that a token of `POST /v1/stream-tokens` opens too. */
  streamOf?: StreamSubject;
  summary: string;
  tag: string;
  params?: Schema;
  query?: Schema;
  body?: Schema;
  /** Whether each request makes something new: then it takes an `Idempotency-Key` and creates by `commit`. */
  creates?: boolean;
  /** What is answered by status: in words, with the schema of a good answer's body. Every other status is a problem. */
  answers: Record<number, string | AnswerSchema>;
  /** Content type of the good answer; default `application/json`. */
  produces?: string;
  /** Browsers are answered with a page. */
  hasPage?: boolean;
  handler: (
    context: RouteContext<unknown, unknown, unknown>,
  ) => Promise<Answer | undefined> | Answer | undefined;
  /** Answers what a form of a page without JavaScript sends (`application/x-www-form-urlencoded`), in the place of `handler`. */
  formHandler?: (context: RouteContext<unknown, unknown, FormFields>) => Promise<Answer> | Answer;
}

/** The fields of a form, by their names. */
export type FormFields = Readonly<Record<string, readonly string[]>>;

type TypedRoute<
  P extends Schema | undefined,
  Q extends Schema | undefined,
  B extends Schema | undefined,
> = Omit<Route, 'params' | 'query' | 'body' | 'handler' | 'formHandler'> & {
  params?: P;
  query?: Q;
  body?: B;
  handler: (
    context: RouteContext<Parsed<P>, Parsed<Q>, Parsed<B>>,
  ) => Promise<Answer | undefined> | Answer | undefined;
  formHandler?: (context: RouteContext<Parsed<P>, Parsed<Q>, FormFields>) => Promise<Answer> | Answer;
};

/** Declares a route; the handler's input has the types of the schemas. */
export function route<
  P extends Schema | undefined = undefined,
  Q extends Schema | undefined = undefined,
  B extends Schema | undefined = undefined,
>(given: TypedRoute<P, Q, B>): Route {
  return given as unknown as Route;
}
