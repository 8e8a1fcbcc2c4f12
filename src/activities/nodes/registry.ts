/** The code of every node type, by name. A new type is one file here, one line below and its schema in the engine. */
import type { ActivityDependencies } from '../dependencies.ts';
import type { NodeCode } from '../node-code.ts';
import { createCodeTransform } from './code-transform.ts';
import { runDelay } from './delay.ts';
import { runFail } from './fail.ts';
import { createHttpRequest } from './http-request.ts';
import { runForEach } from './for-each.ts';
import { runIf } from './if.ts';
import { runLog } from './log.ts';
import { runOutput } from './output.ts';
import { runRepeat } from './repeat.ts';
import { runFilter } from './filter.ts';
import { runFormat } from './format.ts';
import { runPluck } from './pluck.ts';
import { createRegex } from './regex.ts';
import { runSwitch } from './switch.ts';
import { createSendWebhook } from './send-webhook.ts';
import { createSetVariable } from './set-variable.ts';
import { runSet } from './set.ts';
import { createTriggerWorkflow } from './trigger-workflow.ts';
import { runWait } from './wait.ts';

/** Creates the code of every node type. */
export function createNodeCodes(deps: ActivityDependencies): Record<string, NodeCode> {
  const { client, evaluator, sandbox } = deps;
  return {
    'code-transform': createCodeTransform(sandbox),
    delay: runDelay,
    fail: runFail,
    'for-each': runForEach,
    'http-request': createHttpRequest(client),
    if: runIf,
    log: runLog,
    output: runOutput,
    repeat: runRepeat,
    filter: runFilter,
    format: runFormat,
    pluck: runPluck,
    regex: createRegex(evaluator),
    switch: runSwitch,
    'send-webhook': createSendWebhook(client),
    set: runSet,
    'set-variable': createSetVariable(deps),
    'trigger-workflow': createTriggerWorkflow(deps),
    wait: runWait,
  };
}
