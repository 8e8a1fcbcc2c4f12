import { z } from 'zod';
import { orExpression, someText } from './fields.schema.ts';
import { declareNodeType } from './node-type.schema.ts';

const modeRule = '"wait" or "detach"';
const versionRule = '"live", "draft" or the number of a version';

/** Starts a run of another workflow. */
export const triggerWorkflowType = declareNodeType({
  type: 'trigger-workflow',
  title: 'Run a workflow',
  description: 'Starts a run of another workflow, and waits for its end or goes on at once.',
  mode: 'child',
  payload: z.strictObject({
    workflowId: someText,
    payload: z.unknown().optional(),
    mode: orExpression(z.enum(['wait', 'detach'], { error: modeRule }), modeRule).optional(),
    version: orExpression(
      z.union([z.enum(['live', 'draft']), z.int().min(1)], { error: versionRule }),
      versionRule,
    ).optional(),
  }),
  result: '{ runId, status, output }',
});
