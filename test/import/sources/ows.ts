/** Documents of the Serverless Workflow DSL 1.0 in every shape that public ones have, written for the tests. */
const document = (name: string) => ({ dsl: '1.0.0', namespace: 'tests', name, version: '0.1.0' });

/** By what they show. */
export const owsDocuments: Record<string, object> = {
  calls: {
    document: { ...document('calls'), title: 'Calls', summary: 'what can be called' },
    timeout: { after: { minutes: 5 } },
    input: { schema: { document: { type: 'object', required: ['id'] } } },
    use: {
      authentications: { ours: { bearer: { token: '${ $secrets.token }' } } },
      functions: { known: { call: 'http', with: { method: 'get', endpoint: 'https://known.example/{id}' } } },
    },
    do: [
      {
        get: {
          call: 'http',
          with: {
            method: 'get',
            endpoint: { uri: 'https://api.example/pets/{id}', authentication: { use: 'ours' } },
            headers: { 'x-a': 'b' },
            query: { q: '${ .name // "none" }' },
          },
          output: { as: '${ { pet: . } }' },
          export: { as: '${ $context + { seen: .pet.id } }' },
        },
      },
      { again: { call: 'known', with: { id: '${ .pet.id }' } } },
      { other: { call: 'grpc', with: { proto: {} } } },
      { shout: { emit: { event: { with: { type: 'com.example.shouted', source: 'here' } } } } },
      {
        sub: {
          run: { workflow: { namespace: 'a', name: 'b', version: '1', input: { x: '${ $context.seen }' } } },
        },
      },
      { box: { run: { container: { image: 'x' } } } },
      { script: { run: { script: { language: 'js', code: 'return a + 1;', arguments: { a: '${ .n }' } } } } },
      { listening: { listen: { to: { one: { with: { type: 'com.example.answer' } } } } } },
      { nap: { wait: 'PT1.5S' } },
    ],
  },
  flow: {
    document: document('flow'),
    schedule: { every: { minutes: 10 } },
    do: [
      { begin: { set: { n: '${ .n + 1 }', label: '${ "no \\(.n)" }', list: [1, 2] } } },
      { maybe: { if: '${ .n > 3 }', set: { big: true } } },
      {
        which: {
          switch: [
            { low: { when: '.n < 10', then: 'small' } },
            { high: { when: '.n >= 10 and (.label | startswith("no"))', then: 'end' } },
            { default: { then: 'exit' } },
          ],
        },
      },
      {
        small: {
          do: [
            { inner: { set: { a: '${ .list | map(. + 1) | length }' } } },
            { leave: { set: { b: 2 }, then: 'end' } },
          ],
        },
      },
      {
        never: {
          raise: {
            error: {
              type: 'https://serverlessworkflow.io/spec/1.0.0/errors/runtime',
              status: 500,
              title: 'never',
            },
          },
        },
      },
    ],
  },
  nested: {
    document: document('nested'),
    do: [
      {
        each: {
          for: { each: 'pet', in: '.pets', at: 'i' },
          while: '.more',
          do: [{ name: { set: { name: '${ $pet.name }', i: '${ $i }' } } }],
        },
      },
      {
        both: {
          fork: {
            branches: [
              { left: { set: { side: 'l' } } },
              { right: { do: [{ r1: { wait: { seconds: 1 } } }, { r2: { set: { side: 'r' } } }] } },
            ],
          },
        },
      },
      {
        race: {
          fork: { compete: true, branches: [{ a: { wait: { seconds: 1 } } }, { b: { set: { b: 1 } } }] },
        },
      },
      {
        careful: {
          try: [
            {
              call: {
                call: 'http',
                with: { method: 'post', endpoint: 'https://api.example', body: '${ . }' },
              },
            },
          ],
          catch: {
            errors: { with: { status: 503 } },
            as: 'problem',
            retry: { delay: { seconds: 2 }, backoff: { exponential: {} }, limit: { attempt: { count: 4 } } },
            do: [{ handle: { set: { why: '${ $problem.title }' } } }],
          },
        },
      },
      { round: { switch: [{ more: { when: '${ .n < 3 }', then: 'careful' } }] } },
    ],
  },
  strange: {
    document: document('strange'),
    evaluate: { language: 'js' },
    use: { extensions: [] },
    do: [
      { a: null },
      { a: { odd: 1 } },
      null,
      { b: { set: { x: '${ reduce .[] as $i (0; . + $i) }', y: '${ .. }', z: '${ "unended }' } } },
    ],
  },
};
