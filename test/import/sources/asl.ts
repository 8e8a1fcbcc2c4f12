/** State machines in every shape that public ones have, written for the tests. */
const http = 'arn:aws:states:::http:invoke';
const lambda = 'arn:aws:states:::lambda:invoke';

/** By what they show. */
export const aslMachines: Record<string, object> = {
  choices: {
    Comment: 'Decides by an amount',
    StartAt: 'Shape',
    TimeoutSeconds: 300,
    States: {
      Shape: {
        Type: 'Pass',
        Parameters: {
          'amount.$': '$.order.amount',
          'text.$': "States.Format('order {} of {}', $.order.id, $$.Execution.Id)",
          fixed: [1, { a: true }],
        },
        ResultPath: '$.shaped',
        Next: 'Which',
      },
      Which: {
        Type: 'Choice',
        Choices: [
          {
            And: [
              { Variable: '$.shaped.amount', NumericGreaterThanEquals: 500 },
              { Not: { Variable: '$.order.vip', BooleanEquals: true } },
            ],
            Next: 'Pause',
          },
          {
            Or: [
              { Variable: '$.order.kind', StringMatches: 'test-*' },
              { Variable: '$.order.kind', IsPresent: false },
            ],
            Next: 'Stop',
          },
        ],
        Default: 'Done',
      },
      Pause: { Type: 'Wait', SecondsPath: '$.order.wait', Next: 'Done' },
      Stop: { Type: 'Fail', Error: 'Testing', CausePath: '$.shaped.text' },
      Done: { Type: 'Succeed', OutputPath: '$.shaped' },
    },
  },
  tasks: {
    StartAt: 'Ask',
    States: {
      Ask: {
        Type: 'Task',
        Resource: http,
        Parameters: {
          ApiEndpoint: 'https://api.example/orders',
          Method: 'POST',
          'RequestBody.$': '$',
          Headers: { 'x-a': 'b' },
          Authentication: { ConnectionArn: 'arn:x' },
        },
        ResultSelector: { 'status.$': '$.StatusCode', 'id.$': '$.ResponseBody.id' },
        ResultPath: '$.asked',
        Retry: [
          {
            ErrorEquals: ['States.Http.StatusCode.503', 'Custom'],
            MaxAttempts: 2,
            IntervalSeconds: 3,
            BackoffRate: 1.5,
            MaxDelaySeconds: 20,
            JitterStrategy: 'FULL',
          },
          { ErrorEquals: ['States.ALL'] },
        ],
        Catch: [
          { ErrorEquals: ['States.Timeout'], Next: 'Late' },
          { ErrorEquals: ['Custom'], ResultPath: '$.error', Next: 'Call' },
        ],
        TimeoutSeconds: 20,
        Next: 'Call',
      },
      Call: {
        Type: 'Task',
        Resource: lambda,
        Parameters: { FunctionName: 'f', 'Payload.$': '$' },
        OutputPath: '$.Payload',
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Late' }],
        Next: 'Token',
      },
      Token: {
        Type: 'Task',
        Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
        HeartbeatSeconds: 60,
        Parameters: { 'Token.$': '$$.Task.Token' },
        Next: 'Other',
      },
      Other: {
        Type: 'Task',
        Resource: 'arn:aws:states:::states:startExecution.sync:2',
        Parameters: { StateMachineArn: 'arn:other', Input: { 'a.$': '$.answer' } },
        End: true,
      },
      Late: { Type: 'Pass', Result: { late: true }, End: true },
    },
  },
  nested: {
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        ItemsPath: '$.items',
        MaxConcurrency: 3,
        ToleratedFailureCount: 1,
        ItemSelector: { 'n.$': '$$.Map.Item.Value.n', 'index.$': '$$.Map.Item.Index' },
        ItemProcessor: {
          StartAt: 'Double',
          States: {
            Double: { Type: 'Pass', Parameters: { 'twice.$': 'States.MathAdd($.n, $.n)' }, End: true },
          },
        },
        ResultPath: '$.each',
        Next: 'Both',
      },
      Both: {
        Type: 'Parallel',
        Branches: [
          {
            StartAt: 'Count',
            States: {
              Count: { Type: 'Pass', Parameters: { 'count.$': 'States.ArrayLength($.items)' }, End: true },
            },
          },
          {
            StartAt: 'Wait a bit',
            States: {
              'Wait a bit': { Type: 'Wait', Seconds: 0, Next: 'Name' },
              Name: { Type: 'Pass', Result: 'named', End: true },
            },
          },
        ],
        ResultPath: '$.both',
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Failed' }],
        Next: 'Files',
      },
      Files: {
        Type: 'Map',
        ItemReader: { Resource: 'arn:aws:states:::s3:listObjectsV2' },
        ItemBatcher: { MaxItemsPerBatch: 10 },
        Iterator: { StartAt: 'Handle', States: { Handle: { Type: 'Task', Resource: lambda, End: true } } },
        ResultPath: null,
        End: true,
      },
      Failed: { Type: 'Fail' },
    },
  },
  polling: {
    StartAt: 'Begin',
    States: {
      Begin: { Type: 'Pass', Result: { tries: 0 }, Next: 'Status' },
      Status: {
        Type: 'Task',
        Resource: http,
        Parameters: { ApiEndpoint: 'https://api.example/status', Method: 'GET' },
        ResultPath: '$.status',
        Next: 'Ready?',
      },
      'Ready?': {
        Type: 'Choice',
        Choices: [
          { Variable: '$.status.ResponseBody.state', StringEquals: 'ready', Next: 'Use' },
          { Variable: '$.status.ResponseBody.state', StringEquals: 'failed', Next: 'Broken' },
        ],
        Default: 'Sleep',
      },
      Sleep: { Type: 'Wait', Seconds: 1, Next: 'Status' },
      Broken: { Type: 'Fail', Error: 'Broken' },
      Use: { Type: 'Pass', Parameters: { 'state.$': '$.status.ResponseBody.state' }, End: true },
    },
  },
  jsonata: {
    QueryLanguage: 'JSONata',
    StartAt: 'Set',
    States: {
      Set: {
        Type: 'Pass',
        Assign: { limit: '{% $states.input.limit %}', name: 'x' },
        Output: { total: '{% $sum($states.input.items.n) %}', first: '{% $states.input.items[0].n %}' },
        Next: 'Which',
      },
      Which: {
        Type: 'Choice',
        Choices: [
          {
            Condition: '{% $states.input.total > $limit %}',
            Output: '{% $merge([$states.input, {"big": true}]) %}',
            Next: 'Ask',
          },
        ],
        Default: 'End',
      },
      Ask: {
        Type: 'Task',
        Resource: http,
        Arguments: { ApiEndpoint: '{% "https://api.example/" & $name %}', Method: 'GET' },
        Output: '{% $states.result.ResponseBody %}',
        Catch: [{ ErrorEquals: ['States.ALL'], Output: '{% $states.errorOutput.Cause %}', Next: 'End' }],
        Next: 'Each',
      },
      Each: {
        Type: 'Map',
        Items: '{% $states.input.list %}',
        ItemSelector: { v: '{% $states.context.Map.Item.Value %}' },
        ItemProcessor: {
          StartAt: 'Id',
          States: {
            Id: { Type: 'Pass', Output: { id: '{% $uuid() %}', v: '{% $states.input.v %}' }, End: true },
          },
        },
        Next: 'End',
      },
      End: { Type: 'Succeed' },
    },
  },
  strange: {
    StartAt: 'Nowhere',
    States: {
      A: null,
      B: { Type: 'Odd', Next: 'C' },
      C: { Type: 'Choice', Choices: [] },
      D: { Type: 'Wait', Next: 'D' },
    },
  },
  odd: {
    StartAt: 'B',
    States: {
      B: { Type: 'Odd', Next: 'C' },
      C: { Type: 'Choice', Choices: [{ Variable: '$..x', StringEquals: 'a', Next: 'D' }], Default: 'D' },
      D: { Type: 'Wait', Timestamp: 'tomorrow', Next: 'D' },
    },
  },
};
