/** `hookloom/client`: a typed client of the API, for every platform that has fetch. */
export { createClient } from './client.ts';
export type { FollowOptions, HookloomClient, RunsClient } from './client.ts';
export type { ClientOptions } from './http.ts';
export type { ActivityToFollow } from './activity.ts';
export { HookloomProblem } from './problem.ts';
export { RunFailedError } from './run-failed-error.ts';
export type { Answer, HookloomEvent, Run } from './types.ts';
export type { components, paths } from './api-types.ts';
