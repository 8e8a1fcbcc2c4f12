import type { components, paths } from './api-types.ts';

type Schemas = components['schemas'];

/** An event of the log, of streams and of hooks; `type` tells which. */
export type HookloomEvent = Schemas['Event'];

/** A run, as the API answers it. */
export type Run = Answer<'/v1/runs/{id}', 'get'>;

/** Methods of the API, as the document has them. */
export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

type Operation<Path extends keyof paths, Name extends Method> = NonNullable<paths[Path][Name]>;

/** The paths that take a method. */
export type PathsOf<Name extends Method> = {
  [Path in keyof paths]: [Operation<Path, Name>] extends [never] ? never : Path;
}[keyof paths];

type Content<Response> = Response extends { content: infer Types extends object }
  ? Types[keyof Types]
  : undefined;

/** The body of a good answer; `undefined` for one without. */
export type Answer<Path extends keyof paths, Name extends Method> =
  Operation<Path, Name> extends { responses: infer Responses }
    ? { [Status in keyof Responses & (200 | 201 | 202 | 204)]: Content<Responses[Status]> }[keyof Responses &
        (200 | 201 | 202 | 204)]
    : never;

type ParametersOf<Called> = Called extends { parameters: infer All }
  ? { [Place in keyof All as [Exclude<All[Place], undefined>] extends [never] ? never : Place]: All[Place] }
  : object;

type ParametersPart<Called> =
  object extends ParametersOf<Called> ? { params?: ParametersOf<Called> } : { params: ParametersOf<Called> };

interface JsonBody<Body> {
  content: { 'application/json': Body };
}

type BodyPart<Called> = Called extends { requestBody: JsonBody<infer Body> }
  ? { body: Body }
  : Called extends { requestBody?: infer Given }
    ? Exclude<Given, undefined> extends JsonBody<infer Body>
      ? { body?: [Exclude<Given, undefined>] extends [never] ? never : Body }
      : { body?: never }
    : { body?: never };

/** Everything that a call of an operation takes. */
export type CallOptions<Path extends keyof paths, Name extends Method> = ParametersPart<
  Operation<Path, Name>
> &
  BodyPart<Operation<Path, Name>> & {
    signal?: AbortSignal | undefined;
    headers?: Record<string, string>;
  };

/** The options as arguments: absent when none is required. */
export type CallArguments<Path extends keyof paths, Name extends Method> =
  object extends CallOptions<Path, Name>
    ? [options?: CallOptions<Path, Name>]
    : [options: CallOptions<Path, Name>];

/** Calls an operation by its path. */
export type Call<Name extends Method> = <Path extends PathsOf<Name>>(
  path: Path,
  ...options: CallArguments<Path, Name>
) => Promise<Answer<Path, Name>>;

/** An item of a list's pages. */
export type ItemOf<Page> = Page extends { items: readonly (infer Item)[] } ? Item : never;

/** The paths that answer pages. */
export type PagedPath = {
  [Path in PathsOf<'get'>]: Answer<Path, 'get'> extends { items: unknown[]; nextCursor: unknown }
    ? Path
    : never;
}[PathsOf<'get'>];

/** The query of a path. */
export type QueryOf<Path extends keyof paths, Name extends Method> =
  Operation<Path, Name> extends { parameters: { query?: infer Query } } ? NonNullable<Query> : never;
