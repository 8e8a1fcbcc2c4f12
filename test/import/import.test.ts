import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { findProblems } from '../../src/expressions/parse/find-problems.ts';
import { importers, importWorkflow } from '../../src/import/import-workflow.ts';
import type { ImportFormat } from '../../src/import/import-workflow.ts';
import type { Imported } from '../../src/import/imported.ts';
import { aslMachines } from './sources/asl.ts';
import { n8nWorkflows } from './sources/n8n.ts';
import { owsDocuments } from './sources/ows.ts';

const sources: Record<ImportFormat, Record<string, object>> = {
  n8n: n8nWorkflows,
  asl: aslMachines,
  ows: owsDocuments,
};

interface Made extends Imported {
  definition: { nodes: Record<string, any>; [name: string]: any };
}

const make = (format: ImportFormat, source: unknown, stubUnknown = false): Made => {
  const made = importWorkflow(format, source, { stubUnknown });
  assert.ok(made);
  return made as Made;
};

/** Names of all parts of a source that do something of their own. */
const partsOf: Record<ImportFormat, (source: any) => string[]> = {
  n8n: ({ nodes }) => nodes.flatMap((node: any) => (node?.name ? [node.name] : [])),
  asl: (source) => statesIn(source),
  ows: (source) => tasksIn(source.do),
};

/** `Pass` and `Succeed` only shape values; they are where those are read. */
function statesIn(machine: any): string[] {
  return Object.entries<any>(machine?.States ?? {}).flatMap(([name, state]) => [
    ...(['Pass', 'Succeed'].includes(state?.Type) ? [] : [name]),
    ...[state?.ItemProcessor, state?.Iterator, ...(state?.Branches ?? [])].flatMap(statesIn),
  ]);
}

function tasksIn(list: any): string[] {
  return (Array.isArray(list) ? list : []).flatMap((one) =>
    Object.entries<any>(one ?? {}).flatMap(([name, task]) => [
      name,
      ...[task?.do, task?.try, task?.catch?.do, task?.fork?.branches].flatMap(tasksIn),
    ]),
  );
}

function assertWhole(format: ImportFormat, source: unknown, made: Made, name: string): void {
  const errors = findProblems(made.definition, {}).problems.filter(({ severity }) => severity === 'error');
  assert.deepEqual(errors, [], name);
  const carried = Object.entries(made.definition.nodes).flatMap(([id, { title }]) => [id, title]);
  const named = new Set([...carried, ...made.report.map(({ part }) => part)]);
  const silent = partsOf[format](source).filter(
    (part) => !named.has(part.trim().slice(0, 200)) && !named.has(part),
  );
  assert.deepEqual(silent, [], `${name} drops parts in silence`);
}

const messages = ({ report }: Made) =>
  report.map(({ level, part, message }) => `${level} ${part}: ${message}`);

describe('importing workflows of other systems', function () {
  this.timeout(600_000);
  for (const format of Object.keys(importers) as ImportFormat[])
    for (const [name, source] of Object.entries(sources[format]))
      it(`gives a definition that validates and names what is lost: ${format} ${name}`, () => {
        for (const stubUnknown of [false, true])
          assertWhole(format, source, make(format, source, stubUnknown), name);
      });

  it('refuses what is no source of the format', () => {
    for (const format of Object.keys(importers) as ImportFormat[])
      for (const source of [null, 7, 'text', [], {}, { nodes: {} }, { States: [] }, { do: 1 }])
        assert.equal(importWorkflow(format, source), undefined);
  });

  it('puts failing nodes in the place of what is unknown only when asked', () => {
    const stubs = (made: Made) =>
      Object.values(made.definition.nodes).filter(({ payload }) => payload?.type === 'not_imported');
    assert.equal(stubs(make('n8n', n8nWorkflows['foreign'])).length, 0);
    const [first] = stubs(make('n8n', n8nWorkflows['foreign'], true));
    assert.match(
      first.payload.message,
      /^the node "Agent" of n8n \(@n8n.*agent\) has no counterpart in Hookloom: put a node here/,
    );
    assert.equal(stubs(make('asl', aslMachines['tasks'], true)).length, 1);
  });

  describe('n8n', () => {
    it('carries triggers, branches, fields, requests and answers over, with their expressions', () => {
      const { definition, webhook, name } = make('n8n', n8nWorkflows['webhookToAnswer']);
      assert.equal(name, 'Orders in');
      assert.deepEqual(webhook, { methods: ['POST'], respond: 'result' });
      assert.deepEqual(definition['settings'], { timeoutMs: 60_000 });
      const { nodes } = definition;
      assert.deepEqual(nodes['Big'], {
        type: 'if',
        title: 'Big?',
        payload: { condition: '{{ ($trigger.body.amount >= 500) }}' },
        branches: { then: ['Fields'], else: ['Answer'] },
      });
      assert.deepEqual(nodes['Fields'].payload, { values: { label: 'big: {{ $trigger.body.id }}' } });
      assert.deepEqual(nodes['Book'].payload, {
        method: 'POST',
        url: 'https://ledger.example/{{ $lowercase($nodes.Fields.result.label) }}',
        body: { id: '{{ $trigger.body.id }}' },
      });
      assert.deepEqual(nodes['Answer'].payload, {
        value: '{{ {"ok": true, "by": "Orders in"} }}',
        status: 201,
      });
    });

    it('reads the forms that its nodes had before', () => {
      const made = make('n8n', n8nWorkflows['oldForms']);
      const { nodes } = made.definition;
      assert.deepEqual(nodes['Cron'].payload, { cron: '30 9 * * *' });
      assert.deepEqual(nodes['Get'].retry, { maxAttempts: 4, initialIntervalMs: 200, backoff: 1 });
      assert.deepEqual(nodes['Get'].payload.query, { q: '{{ $now("[Y0001]-[M01]-[D01]") }}' });
      assert.deepEqual(nodes['Kind'].branches, { case_0: ['Old_if'], case_1: ['Stop'], default: ['Else'] });
      assert.match(nodes['Old_if'].payload.condition, / or \(\$nodes\.Get\.result\.body\.n > 3\)/);
      assert.equal(nodes['Stop'].payload.message, 'no {{ $nodes.Get.result.body.kind }}');
      assert.deepEqual(nodes['Else'].payload, { values: { a: 'x', b: true } });
      const told = messages(made).join('\n');
      assert.match(told, /lost Cron: one of its times is left out/);
      assert.match(told, /lost Get: its option proxy has no counterpart/);
      assert.match(told, /lost Get: its credential \(mine\)/);
    });

    it('makes loops of split lists and of batches', () => {
      const { nodes } = make('n8n', n8nWorkflows['lists']).definition;
      assert.deepEqual(nodes['Split'].payload, {
        array: '{{ $trigger.body.data.items }}',
        collect: '{{ $nodes.Each.result }}',
      });
      assert.deepEqual(nodes['Split'].loopBody, ['Each']);
      assert.deepEqual(nodes['Split'].children, ['All']);
      assert.deepEqual(nodes['All'].payload.values, {
        data: '{{ [$nodes.Split.result.iterations.result] }}',
      });
      assert.equal(nodes['Loop'].payload.array, '{{ $append([], $nodes.Make.result.output.items) }}');
      assert.deepEqual(nodes['Loop'].children, ['Done']);
      const old = make('n8n', n8nWorkflows['oldBatches']).definition.nodes;
      assert.deepEqual(old['Batches'].children, ['End']);
      assert.deepEqual(old['Batches'].loopBody, ['Post', 'Left']);
    });

    it('makes `repeat` of a cycle, and names what it cannot see', () => {
      const made = make('n8n', n8nWorkflows['polling']);
      const { nodes } = made.definition;
      assert.deepEqual(nodes['Status_again'].loopBody, ['Status', 'Ready', 'Pause', 'again']);
      assert.equal(
        nodes['Status_again'].payload.while,
        '{{ $index = 0 or $nodes.again.status = "success" }}',
      );
      assert.deepEqual(nodes['Ready'].branches, { else: ['Pause'] });
      assert.deepEqual(nodes['Pause'], { type: 'delay', payload: { delayMs: 300_000 }, children: ['again'] });
      assert.deepEqual(nodes['Approve'].branches, { resumed: ['Sub'], timed_out: ['Sub'] });
      const told = messages(made).join('\n');
      assert.match(told, /changed Status: \$env\.STATUS_URL is the variable STATUS_URL/);
      assert.match(told, /changed Status: the cycle that begins here is a `repeat`/);
      assert.match(told, /lost Sub: it runs the workflow wxyz of n8n/);
    });
  });

  describe('Amazon States Language', () => {
    it('follows values through paths, templates and intrinsic functions', () => {
      const { definition, description } = make('asl', aslMachines['choices']);
      assert.equal(description, 'Decides by an amount');
      assert.deepEqual(definition['settings'], { timeoutMs: 300_000 });
      const { nodes } = definition;
      assert.deepEqual(nodes['Which'].payload.cases, [
        {
          name: 'choice_0',
          condition: '{{ (($trigger.body.order.amount >= 500) and $not(($trigger.body.order.vip = true))) }}',
        },
        {
          name: 'choice_1',
          condition:
            '{{ (($type($trigger.body.order.kind) = "string" and $contains($trigger.body.order.kind, /^test-.*$/)) or $not($exists($trigger.body.order.kind))) }}',
        },
      ]);
      assert.equal(nodes['Pause'].payload.delayMs, '{{ $number($trigger.body.order.wait) * 1000 }}');
      assert.equal(
        nodes['Stop'].payload.message,
        '{{ "order " & $string($trigger.body.order.id) & " of " & $string($run.id) }}',
      );
      assert.deepEqual(nodes['output'].payload.value.fixed, [1, { a: true }]);
    });

    it('carries calls, retries and catchers over', () => {
      const made = make('asl', aslMachines['tasks']);
      const { nodes } = made.definition;
      assert.deepEqual(nodes['Ask'].retry, {
        maxAttempts: 3,
        initialIntervalMs: 3_000,
        backoff: 1.5,
        maxIntervalMs: 20_000,
        jitter: 1,
        retryOn: [503],
      });
      assert.equal(nodes['Ask'].timeoutMs, 20_000);
      assert.deepEqual(nodes['Ask'].onError, ['Ask_failed']);
      assert.deepEqual(nodes['Ask_failed'].branches.default, ['Ask_not_caught']);
      assert.equal(nodes['Token'].type, 'wait');
      const told = messages(made).join('\n');
      assert.match(told, /lost Call: the call of lambda:invoke has no counterpart and is left out/);
      assert.match(told, /lost Ask: it retries Custom, which are no errors here/);
      assert.match(told, /lost Other: it starts the state machine arn:other/);
    });

    it('reads the JSONata mode', () => {
      const made = make('asl', aslMachines['jsonata']);
      const { nodes } = made.definition;
      assert.equal(
        nodes['Which'].payload.cases[0].condition,
        '{{ ($sum($trigger.body.items.n)) > $trigger.body.limit }}',
      );
      assert.equal(nodes['Ask'].payload.url, '{{ "https://api.example/" & ("x") }}');
      assert.match(messages(made).join('\n'), /\$uuid\(\) of Step Functions has no counterpart/);
    });
  });

  describe('Open Workflow Specification', () => {
    it('carries calls over, with what is reusable', () => {
      const made = make('ows', owsDocuments['calls']);
      const { definition } = made;
      assert.deepEqual(definition['inputSchema'], { type: 'object', required: ['id'] });
      const { nodes } = definition;
      assert.deepEqual(nodes['get'].payload, {
        method: 'GET',
        url: 'https://api.example/pets/{{ $trigger.body.id }}',
        headers: { authorization: 'Bearer {{ $secrets.token }}', 'x-a': 'b' },
        query: { q: '{{ ($trigger.body.name || "none") }}' },
      });
      assert.equal(
        nodes['again'].payload.url,
        'https://known.example/{{ ({"pet": $nodes.get.result.body}).pet.id }}',
      );
      assert.equal(nodes['nap'].payload.delayMs, 1_500);
      const told = messages(made).join('\n');
      for (const part of ['other', 'shout', 'sub', 'box']) assert.match(told, new RegExp(`lost ${part}: `));
    });

    it('follows conditions, jumps and ends', () => {
      const { nodes } = make('ows', owsDocuments['flow']).definition;
      assert.deepEqual(nodes['start'].payload, { intervalMs: 600_000 });
      assert.equal(nodes['maybe_if'].type, 'if');
      assert.deepEqual(nodes['which'].branches.low, ['small']);
      assert.ok(!('never' in nodes) || nodes['never'].type === 'fail');
    });
  });

  const corpus = process.env['HOOKLOOM_IMPORT_CORPUS'];
  if (corpus)
    for (const format of Object.keys(importers) as ImportFormat[])
      it(`takes every file of ${corpus}/${format}`, () => {
        const share = { files: 0, valid: 0, whole: 0, parts: 0, lost: 0 };
        for (const file of filesOf(join(corpus, format))) {
          const source = sourceOf(file);
          const made = source === undefined ? undefined : importWorkflow(format, source);
          if (!made) continue;
          assertWhole(format, source, made as Made, file);
          const parts = new Set(partsOf[format](source));
          const lost = new Set(made.report.filter(({ level }) => level === 'lost').map(({ part }) => part));
          share.files += 1;
          share.valid += 1;
          share.whole += lost.size === 0 ? 1 : 0;
          share.parts += parts.size;
          share.lost += [...parts].filter((part) => lost.has(part)).length;
        }
        console.log(
          `      ${format}: ${share.valid} of ${share.files} files validate, ${share.whole} lose nothing; of ${share.parts} parts ${share.lost} lose something`,
        );
        assert.ok(share.files > 0, `${corpus}/${format} has no file of this format`);
      });
});

function filesOf(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => /\.(json|ya?ml)$/.test(name));
  return names.map((name) => join(folder, name));
}

function sourceOf(file: string): unknown {
  const text = readFileSync(file, 'utf8');
  try {
    return file.endsWith('.json') ? JSON.parse(text) : parse(text);
  } catch {
    return undefined;
  }
}
