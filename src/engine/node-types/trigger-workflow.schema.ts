import { z } from 'zod';
import { orExpression, someText } from './fields.schema.ts';
import { declareNodeType } from './node-type.schema.ts';

const versionRule = '"live", "draft" or a version number';

/** Starts a run of another workflow. */
export const triggerWorkflowType = declareNodeType({
  type: 'trigger-workflow',
  title: 'Run a workflow',
  description: 'Starts a run of another workflow and waits for its end, or does not.',
  mode: 'child',
  payload: z.strictObject({
    workflowId: someText,
    payload: z.unknown().optional(),
    mode: orExpression(z.enum(['wait', 'detach']), '"wait" or "detach"').optional(),
    version: orExpression(
      z.union([z.enum(['live', 'draft']), z.number().int(versionRule).min(1, versionRule)]),
      versionRule,
    ).optional(),
  }),
  result: '{ runId, status, output }',
});
