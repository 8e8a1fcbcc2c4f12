import { z } from 'zod';
import { definitionChange } from '../answers.ts';
import { webhookSettings } from '../webhook/schema.ts';

const name = z.string().min(1).max(200);

/** Workflows as files have them. */
export const deploymentBody = z.strictObject({
  source: name.describe('Who keeps the files, such as the name of a repository.'),
  workflows: z
    .array(
      z.strictObject({
        name,
        description: z.string().max(2_000).default(''),
        definition: z.unknown(),
        webhook: webhookSettings.optional(),
      }),
    )
    .max(100),
  publish: z.boolean().default(false).describe('Make what is deployed live.'),
  prune: z.boolean().default(false).describe('Archive what this source made and no longer names.'),
  dryRun: z.boolean().default(false).describe('Answer the plan and change nothing.'),
});

/** What a deployment does, or would do. */
export const deployment = z
  .object({
    dryRun: z.boolean(),
    plan: z.array(
      z.object({
        name: z.string(),
        action: z
          .enum(['create', 'update', 'publish', 'archive', 'unchanged'])
          .describe('`publish`: nothing is new but what is live.'),
        publishes: z.boolean().describe('Whether it goes live.'),
        workflowId: z.string().nullable().describe('`null` before it is created.'),
        version: z.int().describe('The newest version afterwards.'),
        changes: z
          .array(definitionChange)
          .describe('What differs in the definition; pointers from its root.'),
        webhookUrl: z.string().optional().describe('In the answer that made it, and never again.'),
      }),
    ),
    warnings: z.array(
      z.object({ name: z.string(), code: z.string(), pointer: z.string(), message: z.string() }),
    ),
  })
  .meta({ id: 'Deployment' });
