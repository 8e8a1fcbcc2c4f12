/** Plain paths, literals and `||` chains of them: evaluated here, in microseconds, with JSONata's own results. */
import type { Json } from '../../engine/json/json.ts';
import { wellFormed } from '../../engine/json/well-formed.ts';
import type { Ast, Stage } from './ast.ts';
import { variables } from './find-uses.ts';
import { firstName, indexOfName } from './rewrite.ts';

/**
 * A step of a plain path: an own property; an element of an array or an own property named like a number (`.0`);
 * JSONata's index (`[0]`, from the end when negative), for which a single value is a list of one.
 */
type Step = { key: string } | { at: number } | { index: number };

/** What can be evaluated here. Alternatives are tried in order. */
export type Plan = { literal: Json } | { variable: string; steps: Step[] } | { alternatives: Plan[] };

/** Values by variable; `nodes` is also what bare names are read from. */
export type Environment = Readonly<Record<string, Json | undefined>>;

/** The answer when a name meets an array, which JSONata maps over: a thread has to evaluate it. */
export const needsThread = Symbol('needs a thread');

/** Returns how to evaluate a rewritten expression here; `undefined` when only JSONata can. */
export function planOf(tree: Ast): Plan | undefined {
  return planners[tree.type]?.(tree);
}

const planners: Record<string, (tree: Ast) => Plan | undefined> = {
  string: literal,
  number: literal,
  value: literal,
  variable: (tree) => pathPlan([tree]),
  path: (tree) => (hasOnly(tree, ['type', 'steps']) ? pathPlan(tree.steps ?? []) : undefined),
  function: (tree) =>
    tree.procedure?.value === firstName ? alternativesPlan(tree.arguments ?? []) : undefined,
};

function alternativesPlan(given: readonly Ast[]): Plan | undefined {
  const plans = given.map(({ body }) => body && planOf(body));
  return plans.every((plan) => plan !== undefined) ? { alternatives: plans } : undefined;
}

function literal(tree: Ast): Plan | undefined {
  return hasOnly(tree, ['type', 'value', 'position'])
    ? { literal: wellFormed(tree.value as Json) }
    : undefined;
}

function hasOnly(node: Ast, keys: readonly string[]): boolean {
  return Object.keys(node).every((key) => keys.includes(key));
}

function pathPlan(steps: readonly Ast[]): Plan | undefined {
  const planned = steps.map((step, index) => stepsOf(step, index === 0));
  if (!planned.every((one) => one !== undefined)) return undefined;
  const [first] = steps;
  const variable = first?.type === 'variable' && first.value !== '$' ? String(first.value) : 'nodes';
  // Another name may be one of JSONata's functions.
  return Object.hasOwn(variables, variable) ? { variable, steps: planned.flat() } : undefined;
}

function stepsOf(step: Ast, isFirst: boolean): Step[] | undefined {
  if (!hasOnly(step, ['type', 'value', 'position', 'stages', 'predicate'])) return undefined;
  const filters = [...(step.predicate ?? []), ...(step.stages ?? [])].map(indexOfFilter);
  if (!filters.every((one) => one !== undefined)) return undefined;
  if (step.type === 'variable') return isFirst ? filters : undefined;
  if (step.type !== 'name') return undefined;
  const at = indexOfName(String(step.value));
  return [at === undefined ? { key: String(step.value) } : { at }, ...filters];
}

function indexOfFilter({ type, expr }: Stage): Step | undefined {
  const isIndex = type === 'filter' && expr?.type === 'number' && Number.isSafeInteger(expr.value);
  return isIndex && hasOnly(expr, ['type', 'value', 'position']) ? { index: Number(expr.value) } : undefined;
}

/** Evaluates a plan; `undefined` is a missing value. Never sees what an object or array inherits. */
export function evaluatePlan(plan: Plan, environment: Environment): Json | undefined | typeof needsThread {
  if ('literal' in plan) return plan.literal;
  if ('alternatives' in plan) return firstOf(plan.alternatives, environment);
  let value = Object.hasOwn(environment, plan.variable) ? environment[plan.variable] : undefined;
  for (const step of plan.steps) {
    if (value === undefined) return undefined;
    if ('key' in step && Array.isArray(value)) return needsThread;
    value = take(value, step);
  }
  return value;
}

function firstOf(plans: readonly Plan[], environment: Environment): ReturnType<typeof evaluatePlan> {
  let last: ReturnType<typeof evaluatePlan>;
  for (const plan of plans) {
    last = evaluatePlan(plan, environment);
    if (last !== undefined && last !== null) return last;
  }
  return last;
}

function take(value: Json, step: Step): Json | undefined {
  if ('key' in step) return ownProperty(value, step.key);
  if ('at' in step) return elementAt(value, step.at);
  if (Array.isArray(value)) return value.at(step.index);
  return step.index === 0 || step.index === -1 ? value : undefined;
}

/** What `.n` gives: an array's element, an object's own property of that name, nothing else. */
export function elementAt(value: Json | undefined, index: number): Json | undefined {
  return Array.isArray(value) ? value[index] : ownProperty(value, String(index));
}

function ownProperty(value: Json | undefined, key: string): Json | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, key) ? value[key] : undefined;
}
