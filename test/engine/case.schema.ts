/** The form of a case: a definition, what triggers it, what its peers answer, and what must come of it. */
import { z } from 'zod';

const name = z.string().min(1);
const pattern = z.unknown();

const answer = z.strictObject({
  status: z.int().min(100).max(599).default(200).describe('Status of the answer.'),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.unknown().optional().describe('A text as it is; anything else as JSON with its content type.'),
  bytes: z.int().min(0).optional().describe('A text of so many bytes instead of `body`.'),
  delayMs: z.int().min(0).default(0).describe('Waits before it answers.'),
  reset: z.literal(true).optional().describe('Closes the connection instead of answering.'),
});

const step = z
  .strictObject({
    after: z
      .string()
      .describe('An event of the run, such as `node.waiting ask`, after which the step is taken.'),
    resume: z
      .strictObject({ node: name, data: z.unknown().optional() })
      .optional()
      .describe('Resumes a wait by the API.'),
    cancel: z
      .strictObject({ reason: z.string().optional(), child: z.int().min(0).optional() })
      .optional()
      .describe('Cancels the run by the API, or the run that it started as its n-th.'),
    status: z.int().default(202).describe('What the API answers.'),
  })
  .refine((one) => (one.resume === undefined) !== (one.cancel === undefined), {
    error: 'either `resume` or `cancel`',
  });

const trigger = z
  .strictObject({
    method: z.string().default('POST'),
    headers: z.record(z.string(), z.string()).default({}),
    query: z.string().default('').describe('Such as `?a=1`.'),
    body: z.unknown().optional().describe('A text as it is; anything else as JSON. Default `{}`.'),
    webhook: z.record(z.string(), z.unknown()).optional().describe('Settings of the webhook.'),
  })
  .prefault({});

const node = z.union([
  z.string(),
  z.strictObject({
    status: z.string().optional(),
    attempt: pattern.optional(),
    reason: pattern.optional(),
    error: pattern.optional(),
    input: pattern.optional(),
    output: pattern.optional(),
  }),
]);

const request = z.strictObject({
  method: z.string().optional(),
  query: z.string().optional(),
  headers: pattern.optional(),
  body: pattern.optional(),
});

const expected = z.strictObject({
  refused: z
    .array(z.strictObject({ code: name, pointer: z.string() }))
    .optional()
    .describe('The definition is refused with these problems; nothing runs.'),
  response: z
    .strictObject({ status: z.int().optional(), headers: pattern.optional(), body: pattern.optional() })
    .optional()
    .describe('The answer to the webhook.'),
  status: z.enum(['success', 'partial', 'failure', 'cancelled']).optional().describe('Status of the run.'),
  output: pattern.optional().describe('Output of the run, whole.'),
  error: pattern.optional().describe('Error of the run; fields that are not named may be there.'),
  nodes: z.record(z.string(), node).optional().describe('By path: the status, or more of the execution.'),
  absent: z.array(name).optional().describe('Paths without an execution.'),
  order: z
    .array(z.array(name).min(2))
    .optional()
    .describe('Events of the log, such as `node.succeeded a`, that stand in this order.'),
  events: z.record(z.string(), z.int()).optional().describe('How often an event stands in the log.'),
  requests: z
    .record(z.string(), z.union([z.int(), z.array(request)]))
    .optional()
    .describe('By path below the stub: how many requests, or each of them in the order in which they came.'),
  durationMs: pattern.optional().describe('How long the run took.'),
  children: z.array(name).optional().describe('Statuses of the runs that this one started, as they end.'),
});

/** One case. */
export const caseSchema = z.strictObject({
  name: z.string().min(1).describe('A sentence about behaviour.'),
  definition: z
    .unknown()
    .describe('As it is saved. `{{stub}}` stands for the base URL of the scripted answers.'),
  workflows: z
    .record(z.string(), z.unknown())
    .default({})
    .describe('Definitions that are published before; `{{workflow:name}}` stands for the id.'),
  trigger,
  stub: z
    .record(z.string(), z.array(answer).min(1))
    .default({})
    .describe('By path: the answers in order; the last one repeats. Another path answers 200 with `{}`.'),
  steps: z.array(step).default([]),
  expected,
});

/** A file of cases. */
export const caseFileSchema = z.strictObject({
  $schema: z.string().optional(),
  about: z.string().min(1),
  cases: z.array(caseSchema).min(1),
});

/** A parsed case, its defaults filled in. */
export type Case = z.output<typeof caseSchema>;

/** The JSON Schema of a file of cases, for editors. */
export const caseJsonSchema = (): object => z.toJSONSchema(caseFileSchema, { io: 'input' });
