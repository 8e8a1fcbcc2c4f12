/** Nodes of n8n that decide where a workflow goes: IF, Filter, Switch, Merge, Wait, Stop and Error. */
import type { Json } from '../../engine/json/json.ts';
import { literal, template } from '../jsonata.ts';
import { read, resultOf } from '../value.ts';
import { NotCarriedError } from '../report.ts';
import type { Out } from '../scope.ts';
import { conditionOf, ruleText } from './conditions.ts';
import type { Context, ItemState } from './context.ts';
import { leftOut, orUnknown, single } from './convert.ts';
import type { Converter } from './convert.ts';
import { expressionOf, valueOf } from './read-expression.ts';
import { list, loose, text } from '../loose.ts';
import type { Loose } from '../loose.ts';
import type { N8nNode } from './workflow.ts';

/** By type. */
export const flowNodes: Record<string, Converter> = {
  if: (node, context) => orUnknown(node, context, () => branching(node, context)),
  filter: (node, context) => orUnknown(node, context, () => branching(node, context)),
  switch: (node, context) => orUnknown(node, context, () => switching(node, context)),
  merge: (node, context) => orUnknown(node, context, () => merging(node, context)),
  wait: (node, context) => orUnknown(node, context, () => waiting(node, context)),
  noOp: (node, { draft, state }) => {
    draft.tell('ignored', node.place, 'it does nothing');
    return leftOut(state);
  },
  stopAndError: (node, context) => {
    const { errorMessage, message, errorObject } = node.parameters;
    const told = valueOf(errorMessage ?? message ?? errorObject ?? 'stopped', context, 'errorMessage');
    const payload = { type: 'stopped', message: typeof told === 'string' ? told : JSON.stringify(told) };
    const id = context.draft.add(node.name, { type: 'fail', payload }, node.place);
    return { entry: [id], outs: {} };
  },
};

function branching(node: N8nNode, context: Context): ReturnType<Converter> {
  const { draft, state } = context;
  const condition = judged(node.parameters, context);
  const id = draft.add(node.name, { type: 'if', payload: { condition } }, node.place);
  const out = (branch: string): Out<ItemState> => ({ leaves: [{ node: id, kind: { branch } }], state });
  return { entry: [id], outs: { '0': out('then'), '1': out('else') } };
}

interface Case {
  name: string;
  output: number;
  condition: Json;
}

/** A condition that does not carry over never holds: so the ways stay apart. */
function judged(parameters: Loose, context: Context): Json {
  try {
    return conditionOf(parameters, context);
  } catch (error) {
    if (!(error instanceof NotCarriedError) || context.draft.stubUnknown) throw error;
    context.draft.tell(
      'lost',
      context.place,
      `its condition does not carry over and never holds: ${error.message}`,
    );
    return false;
  }
}

function switching(node: N8nNode, context: Context): ReturnType<Converter> {
  const { parameters } = node;
  const cases = casesOf(node, context);
  const { draft, state } = context;
  if (cases.length === 0) return branchingOnNothing(node, context);
  if (loose(parameters['options'])['allMatchingOutputs'] === true)
    draft.tell('lost', node.place, 'it sends to every output that matches; here the first one is taken');
  const payload = { cases: cases.map(({ name, condition }) => ({ name, condition })) as unknown as Json };
  const id = draft.add(node.name, { type: 'switch', payload }, node.place);
  const outs: Record<string, Out<ItemState>> = {};
  const lead = (slot: number, branch: string) => {
    const before = outs[String(slot)]?.leaves ?? [];
    outs[String(slot)] = { leaves: [...before, { node: id, kind: { branch } }], state };
  };
  for (const { name, output } of cases) lead(output, name);
  const fallback = fallbackOf(parameters, cases);
  if (fallback !== undefined) lead(fallback, 'default');
  return { entry: [id], outs };
}

function branchingOnNothing(node: N8nNode, { draft, state }: Context): ReturnType<Converter> {
  draft.tell('lost', node.place, 'it has no rule; nothing follows it');
  return { outs: { none: { state } } };
}

function fallbackOf(parameters: Loose, cases: readonly Case[]): number | undefined {
  const given = loose(parameters['options'])['fallbackOutput'] ?? parameters['fallbackOutput'];
  if (given === 'extra') return Math.max(...cases.map(({ output }) => output)) + 1;
  const output = Number(given ?? -1);
  return Number.isInteger(output) && output >= 0 ? output : undefined;
}

function casesOf({ parameters }: N8nNode, context: Context): Case[] {
  if (parameters['mode'] === 'expression') return casesOfExpression(parameters, context);
  const rules = loose(parameters['rules']);
  const modern = list(rules['values']).map(loose);
  if (modern.length > 0)
    return modern.map((rule, index) => ({
      name: nameOf(rule, index, modern),
      output: index,
      condition: judged(rule, context),
    }));
  const type = text(parameters['dataType']) || 'number';
  return list(rules['rules'])
    .map(loose)
    .map((rule, index) => {
      const operation = text(rule['operation']) || 'equal';
      const compared = { type, operation, left: parameters['value1'], right: rule['value2'] };
      const output = Number(rule['output'] ?? (parameters['output'] === undefined ? 0 : index));
      return { name: `case_${index}`, output, condition: template(ruleText(compared, context)) };
    });
}

function nameOf(rule: Loose, index: number, all: readonly Loose[]): string {
  const key = text(rule['outputKey']).slice(0, 64);
  const isOwn = all.filter((one) => text(one['outputKey']).slice(0, 64) === key).length === 1;
  return key !== '' && key !== 'default' && isOwn && !/^__|^constructor$|^prototype$/.test(key)
    ? key
    : `case_${index}`;
}

function casesOfExpression(parameters: Loose, context: Context): Case[] {
  const output = text(parameters['output']);
  const number = output.startsWith('=') ? expressionOf(output, context) : literal(Number(output) || 0);
  const count = Math.min(Number(parameters['outputsAmount'] ?? parameters['numberOutputs'] ?? 4) || 4, 50);
  return Array.from({ length: count }, (_, index) => ({
    name: `case_${index}`,
    output: index,
    condition: template(`$number(${number}) = ${index}`),
  }));
}

/** Inputs that come together: here one item of each. */
function merging(node: N8nNode, context: Context): ReturnType<Converter> {
  const { draft, state } = context;
  const { mode = 'append' } = node.parameters;
  const inputs = state.item.is === 'either' ? state.item.of.map((one) => read(one)) : [read(state.item)];
  if (inputs.length === 1 || mode === 'chooseBranch' || mode === 'passThrough' || mode === 'wait') {
    draft.tell(
      'changed',
      node.place,
      'it is the join of the node that follows, which waits for every way that was taken',
    );
    return leftOut(state);
  }
  if (mode === 'append') {
    draft.tell('changed', node.place, 'it gives a list of one item of each input');
    const added = { type: 'set', payload: { values: template(`[${inputs.join(', ')}]`) } };
    return single(node, context, { added, give: (id) => ({ item: state.item, list: resultOf(id) }) });
  }
  if (mode !== 'combine' && !String(mode).startsWith('merge'))
    draft.tell(
      'lost',
      node.place,
      `its mode ${text(mode)} has no counterpart: the fields of one item of each input are laid together`,
    );
  else
    draft.tell(
      'changed',
      node.place,
      'the fields of one item of each input are laid together, whatever keys were to be matched',
    );
  const values = template(`$merge([${inputs.join(', ')}][$type($) = "object"])`);
  return single(node, context, {
    added: { type: 'set', payload: { values } },
    give: (id) => ({ item: resultOf(id) }),
  });
}

const unitMs: Record<string, number> = {
  seconds: 1_000,
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
};

function waiting(node: N8nNode, context: Context): ReturnType<Converter> {
  const { parameters, version } = node;
  const { draft, state } = context;
  const { resume = 'timeInterval' } = parameters;
  if (resume === 'webhook' || resume === 'form') return waitingForSomebody(node, context);
  const added = { type: 'delay', payload: delayOf(parameters, version, context) };
  if (resume !== 'timeInterval' && resume !== 'specificTime')
    draft.tell('lost', node.place, `it resumes by ${text(resume)}, which has no counterpart`);
  return single(node, context, { added, give: () => state });
}

function delayOf(parameters: Loose, version: number, context: Context): Record<string, Json> {
  const {
    resume,
    dateTime,
    amount = version >= 1.1 ? 5 : 1,
    unit = version >= 1.1 ? 'seconds' : 'hours',
  } = parameters;
  if (resume === 'specificTime') return { until: valueOf(dateTime, context, 'dateTime') };
  const ms = unitMs[text(unit)] ?? 1_000;
  if (typeof amount === 'string' && amount.startsWith('='))
    return { delayMs: template(`$number(${expressionOf(amount, context)}) * ${ms}`) };
  return { delayMs: Math.round((Number(amount) || 0) * ms) };
}

function waitingForSomebody(node: N8nNode, context: Context): ReturnType<Converter> {
  const { parameters } = node;
  const { draft } = context;
  const limit =
    parameters['limitWaitTime'] === true ? (unitMs[text(parameters['resumeUnit']) || 'hours'] ?? 0) : 0;
  const timeoutMs = limit * (Number(parameters['resumeAmount'] ?? 1) || 1);
  draft.tell(
    'changed',
    node.place,
    'it is resumed by its resume link or the API, not by n8n’s address: $execution.resumeUrl is $resumeUrl',
  );
  const payload: Record<string, Json> = timeoutMs > 0 ? { timeoutMs } : {};
  const id = draft.add(node.name, { type: 'wait', payload }, node.place);
  const data = resultOf(id, 'data');
  const branches = ['resumed', ...(timeoutMs > 0 ? ['timed_out'] : [])];
  const leaves = branches.map((branch) => ({ node: id, kind: { branch } }));
  const item = { is: 'object' as const, base: data, fields: { body: data } };
  return { entry: [id], outs: { '0': { leaves, state: { item } } } };
}
