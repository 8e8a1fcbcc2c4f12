/** The code of every node type, by name. A new type is one file here, one line below and its schema in the engine. */
import type { ActivityDependencies } from '../dependencies.ts';
import type { NodeCode } from '../node-code.ts';
import { runDelay } from './delay.ts';
import { runFail } from './fail.ts';
import { createHttpRequest } from './http-request.ts';
import { runIf } from './if.ts';
import { runLog } from './log.ts';
import { runOutput } from './output.ts';
import { runSet } from './set.ts';

/** Creates the code of every node type. */
export function createNodeCodes({ client }: ActivityDependencies): Record<string, NodeCode> {
  return {
    delay: runDelay,
    fail: runFail,
    'http-request': createHttpRequest(client),
    if: runIf,
    log: runLog,
    output: runOutput,
    set: runSet,
  };
}
