/** The keywords that judge a value, or what is in it, by other schemas. */
import { pointerTo } from '../definition/definition.ts';
import type { Json, JsonObject } from '../json/json.ts';
import { emptyOutcome, isObject } from './schema-types.ts';
import type { Outcome, Place, Schema } from './schema-types.ts';

/** Adds to the outcome what a keyword comes to. `outcome` holds what the keywords before it have come to. */
type Applicator = (given: Json, place: Place, at: { schema: JsonObject; outcome: Outcome }) => void;

const here = (place: Place, schema: Json | undefined) =>
  place.judge(schema as Schema, place.value, place.pointer);

function add(outcome: Outcome, other: Outcome): void {
  outcome.problems.push(...other.problems);
  for (const name of other.properties) outcome.properties.add(name);
  for (const index of other.items) outcome.items.add(index);
}

function refuse({ pointer }: Place, { problems }: Outcome, expected: string): void {
  problems.push({ pointer, expected });
}

const isRight = ({ problems }: Outcome) => problems.length === 0;

/** Judges a member of the value; it counts as looked at. */
function judgeMember(place: Place, outcome: Outcome, given: { name: string; schema: Schema }): void {
  const { name, schema } = given;
  const value = (place.value as JsonObject)[name] ?? null;
  outcome.properties.add(name);
  outcome.problems.push(...place.judge(schema, value, place.pointer + pointerTo(name)).problems);
}

function judgeItem(place: Place, outcome: Outcome, given: { index: number; schema: Schema }): void {
  const { index, schema } = given;
  const value = (place.value as Json[])[index] ?? null;
  outcome.items.add(index);
  outcome.problems.push(...place.judge(schema, value, place.pointer + pointerTo(index)).problems);
}

/** Applicators by keyword, in the order in which they are carried out: each may stand on those before it. */
export const applicators: Readonly<Record<string, Applicator>> = {
  $ref: (given, place, { outcome }) => add(outcome, here(place, place.refer(String(given)))),
  allOf(given, place, { outcome }) {
    for (const schema of given as Json[]) add(outcome, here(place, schema));
  },
  anyOf(given, place, { outcome }) {
    const outcomes = (given as Json[]).map((schema) => here(place, schema));
    const right = outcomes.filter(isRight);
    if (right.length === 0) refuse(place, outcome, alternatives(place, outcomes));
    for (const one of right) add(outcome, one);
  },
  oneOf(given, place, { outcome }) {
    const outcomes = (given as Json[]).map((schema) => here(place, schema));
    const right = outcomes.filter(isRight);
    if (right.length === 0) refuse(place, outcome, alternatives(place, outcomes));
    else if (right.length > 1) refuse(place, outcome, `only one of ${outcomes.length} forms`);
    else for (const one of right) add(outcome, one);
  },
  not(given, place, { outcome }) {
    if (isRight(here(place, given))) refuse(place, outcome, 'another form');
  },
  if(given, place, { schema, outcome }) {
    const condition = here(place, given);
    if (isRight(condition)) add(outcome, condition);
    const branch = isRight(condition) ? schema['then'] : schema['else'];
    if (branch !== undefined) add(outcome, here(place, branch));
  },
  dependentSchemas(given, place, { outcome }) {
    if (!isObject(place.value)) return;
    for (const [name, schema] of Object.entries(given as JsonObject))
      if (Object.hasOwn(place.value, name)) add(outcome, here(place, schema));
  },
  properties(given, place, { outcome }) {
    if (!isObject(place.value)) return;
    for (const [name, schema] of Object.entries(given as JsonObject))
      if (Object.hasOwn(place.value, name)) judgeMember(place, outcome, { name, schema: schema as Schema });
  },
  patternProperties(given, place, { outcome }) {
    if (!isObject(place.value)) return;
    for (const [pattern, schema] of Object.entries(given as JsonObject))
      for (const name of Object.keys(place.value))
        if (place.matches(pattern, name)) judgeMember(place, outcome, { name, schema: schema as Schema });
  },
  additionalProperties(given, place, { schema, outcome }) {
    if (!isObject(place.value)) return;
    const named = (schema['properties'] ?? {}) as JsonObject;
    const patterns = Object.keys((schema['patternProperties'] ?? {}) as JsonObject);
    for (const name of Object.keys(place.value)) {
      if (Object.hasOwn(named, name) || patterns.some((pattern) => place.matches(pattern, name))) continue;
      judgeMember(place, outcome, { name, schema: given as Schema });
    }
  },
  propertyNames(given, place, { outcome }) {
    if (!isObject(place.value)) return;
    for (const name of Object.keys(place.value))
      outcome.problems.push(...place.judge(given as Schema, name, place.pointer + pointerTo(name)).problems);
  },
  prefixItems(given, place, { outcome }) {
    if (!Array.isArray(place.value)) return;
    const { length } = place.value;
    for (const [index, schema] of (given as Json[]).slice(0, length).entries())
      judgeItem(place, outcome, { index, schema: schema as Schema });
  },
  items(given, place, { schema, outcome }) {
    if (!Array.isArray(place.value)) return;
    const from = ((schema['prefixItems'] ?? []) as Json[]).length;
    for (let index = from; index < place.value.length; index += 1)
      judgeItem(place, outcome, { index, schema: given as Schema });
  },
  contains(given, place, { schema, outcome }) {
    if (!Array.isArray(place.value)) return;
    const { value, pointer } = place;
    const found = value.flatMap((one, index) =>
      isRight(place.judge(given as Schema, one, pointer + pointerTo(index))) ? [index] : [],
    );
    for (const index of found) outcome.items.add(index);
    const { minContains = 1, maxContains = Infinity } = schema as Record<string, number>;
    if (found.length < minContains) refuse(place, outcome, `at least ${minContains} items of a form`);
    if (found.length > maxContains) refuse(place, outcome, `at most ${maxContains} items of a form`);
  },
  unevaluatedItems(given, place, { outcome }) {
    if (!Array.isArray(place.value)) return;
    for (const index of place.value.keys())
      if (!outcome.items.has(index)) judgeItem(place, outcome, { index, schema: given as Schema });
  },
  unevaluatedProperties(given, place, { outcome }) {
    if (!isObject(place.value)) return;
    for (const name of Object.keys(place.value))
      if (!outcome.properties.has(name)) judgeMember(place, outcome, { name, schema: given as Schema });
  },
};

/** Of several forms, what each expects of the value itself. */
function alternatives({ pointer }: Place, outcomes: readonly Outcome[]): string {
  const own = outcomes.flatMap(({ problems }) =>
    problems.filter((one) => one.pointer === pointer).map(({ expected }) => expected),
  );
  return own.length > 0 ? [...new Set(own)].join('; or ').slice(0, 300) : `one of ${outcomes.length} forms`;
}

/** An outcome with one problem. */
export function refused(pointer: string, expected: string): Outcome {
  return { ...emptyOutcome(), problems: [{ pointer, expected }] };
}
