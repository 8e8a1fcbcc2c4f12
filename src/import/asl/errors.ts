/** Retry and Catch. */
import type { RetrySettings } from '../../engine/definition/definition.ts';
import { literal, template } from '../jsonata.ts';
import { list, loose, text } from '../loose.ts';
import type { Loose } from '../loose.ts';
import { errorOf, objectOf } from '../value.ts';
import type { Value } from '../value.ts';
import type { Leaf } from '../draft.ts';
import type { AslContext } from './state.ts';

/** Names of errors that stand for all. */
const all = ['States.ALL', 'States.TaskFailed'];

/** The error types here that a name of Step Functions stands for. */
function typesOf(name: string): (string | number)[] {
  const status = /^States\.Http\.StatusCode\.(\d{3})$/.exec(name)?.[1];
  if (status) return [Number(status)];
  const known: Record<string, string> = {
    'States.Timeout': 'timeout',
    'States.HeartbeatTimeout': 'timeout',
    'States.Http.Socket': 'network',
    'States.ExceedToleratedFailureThreshold': 'loop_failed',
    'States.DataLimitExceeded': 'payload_too_large',
    'States.QueryEvaluationError': 'expression_error',
    'States.ParameterPathFailure': 'expression_error',
  };
  return known[name] === undefined ? [] : [known[name]];
}

/** Returns the retry policy of a state. */
export function retryOf(state: Loose, { draft, place }: AslContext): RetrySettings | undefined {
  const [first, ...others] = list(state['Retry']).map(loose);
  if (!first) return undefined;
  const count = others.length + 1;
  if (count > 1)
    draft.tell('lost', place, `it has ${count} retriers; the first one holds for all errors that it names`);
  const names = list(first['ErrorEquals']).map(text);
  const isAll = names.some((name) => all.includes(name));
  const types = names.flatMap(typesOf);
  const unknown = names.filter((name) => !all.includes(name) && typesOf(name).length === 0);
  if (unknown.length > 0 && !isAll)
    draft.tell('lost', place, `it retries ${unknown.join(', ')}, which are no errors here`);
  return isAll || types.length > 0 ? policyOf(first, isAll ? undefined : types) : undefined;
}

function policyOf(first: Loose, types: (string | number)[] | undefined): RetrySettings {
  const attempts = Number(first['MaxAttempts'] ?? 3);
  const seconds = Number(first['IntervalSeconds'] ?? 1);
  const longest = Number(first['MaxDelaySeconds']);
  return {
    maxAttempts: Math.min(Math.max(attempts, 0) + 1, 100),
    initialIntervalMs: Math.max(seconds * 1_000, 1),
    backoff: Math.max(Number(first['BackoffRate'] ?? 2), 1),
    ...(longest > 0 ? { maxIntervalMs: longest * 1_000 } : {}),
    ...(first['JitterStrategy'] === 'FULL' ? { jitter: 1 } : {}),
    ...(types ? { retryOn: types } : {}),
  };
}

/** What a catcher reads of the error of a node. */
export function caughtBy(node: string): Value {
  return objectOf({ Error: errorOf(node, 'type'), Cause: errorOf(node, 'message') });
}

/** Where the failure of a node leads: one leaf for each catcher. */
export function catchersOf(node: string, state: Loose, { draft, place }: AslContext): Leaf[] {
  const catchers = list(state['Catch']).map(loose);
  const names = catchers.map((one) => list(one['ErrorEquals']).map(text));
  const [first = []] = names;
  if (catchers.length === 0) return [];
  if (first.some((name) => all.includes(name))) return catchers.map(() => ({ node, kind: 'onError' }));
  const cases = names.map((list, index) => ({
    name: `catch_${index}`,
    condition: list.some((name) => all.includes(name)) ? template('true') : template(conditionOf(node, list)),
  }));
  const chooser = draft.add(`${place.part} failed`, { type: 'switch', payload: { cases } }, place);
  draft.connect({ node, kind: 'onError' }, chooser);
  if (!names.flat().some((name) => all.includes(name))) {
    const payload = {
      type: template(`$nodes.${node}.error.type`),
      message: template(`$nodes.${node}.error.message`),
    };
    const failing = draft.add(`${place.part} not caught`, { type: 'fail', payload }, place);
    draft.connect({ node: chooser, kind: { branch: 'default' } }, failing);
  }
  return cases.map(({ name }) => ({ node: chooser, kind: { branch: name } }));
}

function conditionOf(node: string, names: readonly string[]): string {
  const types = names.flatMap((name) => [...typesOf(name).map(String), name]);
  return `$nodes.${node}.error.type in ${literal([...new Set(types)])}`;
}
