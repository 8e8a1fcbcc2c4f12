/** What the routes of workflows answer. */
import { z } from 'zod';
import type { Definition } from '../../engine/definition/definition.ts';
import { runStatuses } from '../../engine/log/event-catalog.ts';
import { workflowStatuses } from '../../store/workflows/workflows.ts';
import { instant, pageOf, timeText } from '../routing/answer-parts.ts';

const ids = z.array(z.string());

const node = z.looseObject({
  type: z.string(),
  payload: z.record(z.string(), z.unknown()),
  children: ids,
  branches: z.record(z.string(), ids),
  onError: ids,
  continueOnError: z.boolean(),
  join: z.union([z.string(), z.object({ count: z.int() })]),
  loopBody: ids.optional(),
  retry: z.record(z.string(), z.unknown()).optional(),
  timeoutMs: z.int().optional(),
  deadlineMs: z.int().optional(),
  credential: z.string().optional(),
  title: z.string().optional(),
  description: z.string().optional(),
});

const definitionShape = z
  .looseObject({
    nodes: z.record(z.string(), node),
    settings: z.record(z.string(), z.unknown()),
    props: z.record(z.string(), z.unknown()).optional(),
    vars: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'Definition' });
/** A definition in its one form; its type is the engine's own. */
export const definition = definitionShape as unknown as z.ZodType<Definition>;

const versionNumber = z.int().min(1);

const members = {
  id: z.string(),
  name: z.string(),
  description: z.string(),
  status: z.enum(workflowStatuses),
  latestVersion: versionNumber,
  liveVersion: versionNumber.nullable().describe('What webhooks run; `null` before the first publish.'),
  createdAt: instant,
  updatedAt: instant,
};

export const problem = z
  .object({
    severity: z.enum(['error', 'warning']),
    code: z.string(),
    pointer: z.string().describe('RFC 6901, from the definition’s root.'),
    message: z.string(),
  })
  .meta({ id: 'DefinitionProblem' });

/** A workflow as lists show it. */
export const workflow = z.object(members).meta({ id: 'WorkflowSummary' });
/** A workflow of a list, with what it does. */
export const workflowRow = z
  .object({
    ...members,
    trigger: z.string().nullable().describe('Type of the live version’s trigger.'),
    nextAt: instant.nullable().describe('When its schedule fires next; `null` without one, or while paused.'),
    lastRun: z
      .object({
        id: z.string(),
        status: z.enum(runStatuses),
        createdAt: timeText,
        finishedAt: timeText.nullable(),
      })
      .nullable()
      .describe('The run that began last.'),
  })
  .meta({ id: 'WorkflowRow' });
export const workflowPage = pageOf(workflowRow);
/** A workflow with its newest definition. */
export const wholeWorkflow = z
  .object({
    ...members,
    contentHash: z.string().describe('SHA-256 of the newest definition, hex.'),
    definition,
  })
  .meta({ id: 'Workflow' });
/** A workflow that was saved. */
export const savedWorkflow = z
  .object({
    ...members,
    webhook: z
      .object({ url: z.string() })
      .optional()
      .describe('In the answer that made the webhook’s URL, and never again.'),
    warnings: z.array(problem),
  })
  .meta({ id: 'SavedWorkflow' });
export const checkedDefinition = z.object({ valid: z.boolean(), problems: z.array(problem) });

const versionMembers = {
  workflowId: z.string(),
  version: versionNumber,
  contentHash: z.string(),
  createdAt: instant,
};
export const version = z.object(versionMembers).meta({ id: 'VersionSummary' });
export const versionPage = pageOf(version);
export const wholeVersion = z.object({ ...versionMembers, definition }).meta({ id: 'Version' });
/** One difference between two definitions. */
export const definitionChange = z.object({
  change: z.enum(['added', 'removed', 'changed']),
  pointer: z.string().describe('RFC 6901, from the definition’s root.'),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
});
export const versionDiff = z.object({ from: version, to: version, changes: z.array(definitionChange) });
