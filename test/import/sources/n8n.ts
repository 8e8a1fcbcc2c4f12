/** Workflows of n8n in every shape that public ones have, written for the tests. */
type Node = [name: string, type: string, parameters?: object, more?: object];
type Edge = [from: string, to: string, output?: number, kind?: string];

const workflow = (name: string, nodes: Node[], edges: Edge[], more: object = {}): object => {
  const connections: Record<string, Record<string, { node: string; type: string; index: number }[][]>> = {};
  for (const [from, to, output = 0, kind = 'main'] of edges) {
    const outputs = ((connections[from] ??= {})[kind] ??= []);
    while (outputs.length <= output) outputs.push([]);
    outputs[output]?.push({ node: to, type: kind, index: 0 });
  }
  return {
    name,
    nodes: nodes.map(([nodeName, type, parameters = {}, others = {}], index) => ({
      id: `${index}`,
      name: nodeName,
      type: type.includes('.') ? type : `n8n-nodes-base.${type}`,
      typeVersion: 1,
      position: [0, 0],
      parameters,
      ...others,
    })),
    connections,
    ...more,
  };
};

const v = (typeVersion: number) => ({ typeVersion });
const condition = (left: string, operation: string, right: unknown, type = 'string') => ({
  conditions: {
    combinator: 'and',
    conditions: [{ leftValue: left, rightValue: right, operator: { type, operation } }],
  },
});

/** By what they show. */
export const n8nWorkflows: Record<string, object> = {
  webhookToAnswer: workflow(
    'Orders in',
    [
      ['In', 'webhook', { path: 'orders', httpMethod: 'POST', responseMode: 'responseNode' }, v(2)],
      ['Big?', 'if', condition('={{ $json.body.amount }}', 'gte', 500, 'number'), v(2.2)],
      [
        'Fields',
        'set',
        {
          assignments: {
            assignments: [{ name: 'label', type: 'string', value: '=big: {{ $json.body.id }}' }],
          },
          includeOtherFields: true,
        },
        v(3.4),
      ],
      [
        'Book',
        'httpRequest',
        {
          method: 'POST',
          url: '=https://ledger.example/{{ $json.label.toLowerCase() }}',
          sendBody: true,
          specifyBody: 'json',
          jsonBody: '={ "id": "{{ $(\'In\').item.json.body.id }}" }',
        },
        v(4.2),
      ],
      ['Small', 'noOp'],
      [
        'Answer',
        'respondToWebhook',
        {
          respondWith: 'json',
          responseBody: '={{ { "ok": true, "by": $workflow.name } }}',
          options: { responseCode: 201 },
        },
        v(1.1),
      ],
      ['Note', 'stickyNote', { content: 'hello' }],
    ],
    [
      ['In', 'Big?'],
      ['Big?', 'Fields'],
      ['Fields', 'Book'],
      ['Book', 'Answer'],
      ['Big?', 'Small', 1],
      ['Small', 'Answer'],
    ],
    { settings: { executionTimeout: 60, errorWorkflow: 'abc' } },
  ),
  oldForms: workflow(
    'Old forms',
    [
      [
        'Cron',
        'cron',
        { triggerTimes: { item: [{ mode: 'everyDay', hour: 9, minute: 30 }, { mode: 'everyHour' }] } },
      ],
      [
        'Get',
        'httpRequest',
        {
          requestMethod: 'GET',
          url: 'https://api.example/items',
          queryParametersUi: { parameter: [{ name: 'q', value: '={{$now.format("yyyy-MM-dd")}}' }] },
          options: { proxy: 'x' },
        },
        {
          credentials: { httpBasicAuth: { name: 'mine' } },
          retryOnFail: true,
          maxTries: 4,
          waitBetweenTries: 200,
        },
      ],
      [
        'Kind',
        'switch',
        {
          dataType: 'string',
          value1: '={{$node["Get"].json["kind"]}}',
          rules: { rules: [{ value2: 'a' }, { value2: 'b', output: 1 }] },
          fallbackOutput: 3,
        },
      ],
      [
        'Old if',
        'if',
        {
          conditions: {
            string: [{ value1: '={{$json["x"]}}', operation: 'isNotEmpty' }],
            number: [{ value1: '={{$json["n"]}}', operation: 'larger', value2: 3 }],
          },
          combineOperation: 'any',
        },
      ],
      [
        'Function',
        'function',
        { functionCode: 'return items.map((item) => ({ json: { n: item.json.n + 1 } }));' },
      ],
      ['Item', 'functionItem', { functionCode: 'item.seen = $node["Get"].json.kind; return item;' }],
      ['Stop', 'stopAndError', { errorMessage: '=no {{ $json.kind }}' }],
      [
        'Else',
        'set',
        {
          values: { string: [{ name: 'a', value: 'x' }], boolean: [{ name: 'b', value: true }] },
          keepOnlySet: true,
        },
      ],
    ],
    [
      ['Cron', 'Get'],
      ['Get', 'Kind'],
      ['Kind', 'Old if'],
      ['Kind', 'Stop', 1],
      ['Kind', 'Else', 3],
      ['Old if', 'Function'],
      ['Function', 'Item'],
    ],
  ),
  lists: workflow(
    'Lists',
    [
      ['When clicked', 'manualTrigger'],
      ['Split', 'splitOut', { fieldToSplitOut: 'data.items' }],
      [
        'Each',
        'set',
        { assignments: { assignments: [{ name: 'double', type: 'number', value: '={{ $json.n * 2 }}' }] } },
        v(3.4),
      ],
      ['All', 'aggregate', { aggregate: 'aggregateAllItemData' }],
      ['Make', 'code', { jsCode: 'return [1, 2, 3].map((n) => ({ json: { n } }));' }, v(2)],
      ['Loop', 'splitInBatches', {}, v(3)],
      [
        'Work',
        'code',
        {
          mode: 'runOnceForEachItem',
          jsCode:
            'return { json: { n: $json.n * 10, of: $("When clicked").first().json.data.items.length } };',
        },
        v(2),
      ],
      [
        'Done',
        'code',
        { jsCode: 'return { total: $input.all().reduce((sum, one) => sum + one.json.n, 0) };' },
        v(2),
      ],
    ],
    [
      ['When clicked', 'Split'],
      ['Split', 'Each'],
      ['Each', 'All'],
      ['All', 'Make'],
      ['Make', 'Loop'],
      ['Loop', 'Done'],
      ['Loop', 'Work', 1],
      ['Work', 'Loop'],
    ],
  ),
  oldBatches: workflow(
    'Old batches',
    [
      ['Start', 'start'],
      ['Batches', 'splitInBatches', { batchSize: 2 }],
      ['Post', 'httpRequest', { url: 'https://api.example/', requestMethod: 'POST' }],
      [
        'Left?',
        'if',
        {
          conditions: { boolean: [{ value1: '={{$node["Batches"].context["noItemsLeft"]}}', value2: true }] },
        },
      ],
      ['End', 'set', { values: { string: [{ name: 'end', value: 'yes' }] } }],
    ],
    [
      ['Start', 'Batches'],
      ['Batches', 'Post'],
      ['Post', 'Left?'],
      ['Left?', 'End'],
      ['Left?', 'Batches', 1],
    ],
  ),
  polling: workflow(
    'Polling',
    [
      ['In', 'webhook', { path: 'p', authentication: 'basicAuth' }],
      ['Status', 'httpRequest', { url: '={{ $env.STATUS_URL }}' }, v(4.2)],
      ['Ready?', 'if', condition('={{ $json.state }}', 'equals', 'ready'), v(2)],
      ['Pause', 'wait', { amount: 5, unit: 'minutes' }, v(1.1)],
      [
        'Approve',
        'wait',
        { resume: 'webhook', limitWaitTime: true, resumeAmount: 2, resumeUnit: 'days' },
        v(1.1),
      ],
      [
        'Sub',
        'executeWorkflow',
        { workflowId: { value: 'wxyz' }, options: { waitForSubWorkflow: false } },
        v(1.2),
      ],
      [
        'Left',
        'set',
        { assignments: { assignments: [{ name: 'side', type: 'string', value: 'left' }] } },
        v(3.4),
      ],
      ['Right', 'set', { mode: 'raw', jsonOutput: '{ "right": "{{ $json.state }}", "n": [1] }' }, v(3.4)],
      ['Both', 'merge', { mode: 'combine', combineBy: 'combineByPosition' }, v(3)],
      ['List', 'merge', { mode: 'append' }, v(3)],
    ],
    [
      ['In', 'Status'],
      ['Status', 'Ready?'],
      ['Ready?', 'Approve'],
      ['Ready?', 'Pause', 1],
      ['Pause', 'Status'],
      ['Approve', 'Sub'],
      ['Sub', 'Left'],
      ['Sub', 'Right'],
      ['Left', 'Both'],
      ['Right', 'Both'],
      ['Both', 'List'],
      ['Left', 'List'],
    ],
  ),
  foreign: workflow(
    'Foreign',
    [
      ['On message', 'telegramTrigger', { updates: ['message'] }],
      ['On chat', '@n8n/n8n-nodes-langchain.chatTrigger'],
      ['Agent', '@n8n/n8n-nodes-langchain.agent', { text: '={{ $json.message.text }}' }],
      ['Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi'],
      ['Sheet', 'googleSheets', { operation: 'append' }, { onError: 'continueErrorOutput' }],
      ['Python', 'code', { language: 'python', pythonCode: 'return items' }, v(2)],
      ['Odd code', 'code', { jsCode: "const x = require('x'); return this.helpers.httpRequest({});" }, v(2)],
      [
        'Odd',
        'set',
        {
          assignments: {
            assignments: [
              { name: 'a', value: '={{ $json.x.flatMap((y) => y).reduce((a, b) => a + b) }}' },
              { name: 'b', value: '={{ $binary.data.fileName }}' },
              { name: 'c', value: '={{ function () {} }' },
              { name: 'd', value: '={{ $json.a ? "x" : `y${$json.b}` }}' },
            ],
          },
        },
        v(3.4),
      ],
      ['Off', 'noOp', {}, { disabled: true }],
      ['Weird name: {{ x }} / ~ ü', 'set', { values: {} }],
      ['On error', 'emailSend', {}],
    ],
    [
      ['On message', 'Agent'],
      ['On chat', 'Agent'],
      ['Model', 'Agent', 0, 'ai_languageModel'],
      ['Agent', 'Sheet'],
      ['Sheet', 'Python'],
      ['Sheet', 'On error', 1],
      ['Python', 'Odd code'],
      ['Odd code', 'Odd'],
      ['Odd', 'Off'],
      ['Off', 'Weird name: {{ x }} / ~ ü'],
      ['Gone', 'Odd'],
    ],
    { pinData: { Odd: [] } },
  ),
  strange: {
    nodes: [null, 7, { name: 'only' }, { type: 'x' }],
    connections: { only: { main: [null, [{ node: 'nobody' }]] } },
  },
  empty: { nodes: [] },
};
