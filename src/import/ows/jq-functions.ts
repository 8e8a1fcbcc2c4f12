/** Functions of jq, as JSONata has them: the text of `.`, and of the arguments. */
import { atom } from '../jsonata.ts';

const each = (dot: string, inner: string) => `${atom(dot)}.(${inner})`;

/** By name. */
export const jqFunctions: Record<string, (dot: string, args: readonly string[]) => string> = {
  length: (dot) =>
    `($type(${dot}) = "string" ? $length(${dot}) : $type(${dot}) = "object" ? $count($keys(${dot})) : $count(${dot}))`,
  keys: (dot) => `$sort($keys(${dot}))`,
  values: (dot) => dot,
  not: (dot) => `$not(${dot})`,
  tostring: (dot) => `$string(${dot})`,
  tojson: (dot) => `$string(${dot})`,
  fromjson: (dot) => `$parseJson(${dot})`,
  tonumber: (dot) => `$number(${dot})`,
  type: (dot) => `$type(${dot})`,
  add: (dot) => `($type(${atom(dot)}[0]) = "string" ? $join(${dot}) : $sum(${dot}))`,
  first: (dot) => `${atom(dot)}[0]`,
  last: (dot) => `${atom(dot)}[-1]`,
  min: (dot) => `$min(${dot})`,
  max: (dot) => `$max(${dot})`,
  floor: (dot) => `$floor(${dot})`,
  ceil: (dot) => `$ceil(${dot})`,
  round: (dot) => `$round(${dot})`,
  sqrt: (dot) => `$sqrt(${dot})`,
  unique: (dot) => `$distinct(${dot})`,
  reverse: (dot) => `$reverse(${dot})`,
  sort: (dot) => `$sort(${dot})`,
  now: () => '($millis() / 1000)',
  todate: (dot) => `$fromMillis(${dot} * 1000)`,
  ascii_downcase: (dot) => `$lowercase(${dot})`,
  ascii_upcase: (dot) => `$uppercase(${dot})`,
  join: (dot, [separator = '""']) => `$join([${dot}].$string(), ${separator})`,
  split: (dot, [separator = '""']) => `$split(${dot}, ${separator})`,
  startswith: (dot, [text = '""']) => `($substring(${dot}, 0, $length(${text})) = ${text})`,
  endswith: (dot, [text = '""']) => `($substring(${dot}, -$length(${text})) = ${text})`,
  contains: (dot, [text = '""']) =>
    `($type(${dot}) = "string" ? $contains(${dot}, ${text}) : ${text} in ${dot})`,
  has: (dot, [name = '""']) => `(${name} in $keys(${dot}))`,
  map: (dot, [inner = '$']) => `[${each(dot, inner)}]`,
  select: (dot, [test = 'true']) => `${atom(dot)}[${test}]`,
  any: (dot, [test = '$']) => `($count(${atom(dot)}[${test}]) > 0)`,
  all: (dot, [test = '$']) => `($count(${atom(dot)}[${test}]) = $count(${dot}))`,
  index: (dot, [place = '0']) => `${atom(dot)}[${place}]`,
};
