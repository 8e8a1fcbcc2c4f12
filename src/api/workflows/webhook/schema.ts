import { z } from 'zod';
import { isRange } from '../../../config.ts';
import { schemeProblem } from '../../incoming/verify/hmac.ts';
import { timestampFormats } from '../../incoming/verify/signature.ts';
import { contentProblem } from '../../incoming/verify/signed-content.ts';
import { requestExpressionProblem } from '../../../expressions/parse/check-request-expression.ts';

/** What is written and never read back: the one place that says which members of a verification are secrets. */
const writeOnly = { writeOnly: true };
const secret = z.string().min(1).max(512).meta(writeOnly);
const secretList = z.array(secret).min(1).max(5).meta(writeOnly);
/** One secret, or several while one is replaced. */
const secrets = { secret: secret.optional(), secrets: secretList.optional() };
const oneOfThem = {
  check: (given: { secret?: string | undefined; secrets?: string[] | undefined }) =>
    (given.secret ?? given.secrets) !== undefined,
  error: { error: 'secret: expected `secret` or `secrets`' },
};
const tokens = { token: secret.optional(), tokens: secretList.optional() };
const hasToken = {
  check: (given: { token?: string | undefined; tokens?: string[] | undefined }) =>
    (given.token ?? given.tokens) !== undefined,
  error: { error: 'token: expected `token` or `tokens`' },
};
const toleranceSeconds = z.int().min(1).max(86_400).default(300);
const header = z
  .string()
  .max(100)
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'expected a header name');

const signed = <Type extends string>(type: Type) =>
  z.strictObject({ type: z.literal(type), ...secrets }).refine(oneOfThem.check, oneOfThem.error);
const timed = <Type extends string>(type: Type) =>
  z
    .strictObject({ type: z.literal(type), ...secrets, toleranceSeconds })
    .refine(oneOfThem.check, oneOfThem.error);

const isStandardSecret = (text: string) => {
  if (/^whpk_[A-Za-z0-9+/]{43}=?$/.test(text)) return true;
  const size = Buffer.from(text.replace(/^whsec_/, ''), 'base64').length;
  return /^(whsec_)?[A-Za-z0-9+/]+=*$/.test(text) && size >= 16 && size <= 128;
};

/** What a signature covers. */
const contentTemplate = z
  .string()
  .max(500)
  .superRefine((text, context) => {
    const problem = contentProblem(text);
    if (problem !== undefined) context.addIssue({ code: 'custom', message: `expected ${problem}` });
  })
  .describe('What is signed, of {body} {timestamp} {id} {method} {form.sorted} {header:name}.');

/** How requests prove who sent them. */
export const verification = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('none') }),
  z.strictObject({ type: z.literal('ip') }),
  timed('standard-webhooks').refine(
    (given) => [given.secret ?? [], given.secrets ?? []].flat().every(isStandardSecret),
    { error: 'secret: expected `whsec_` and the base64 of 16 to 128 bytes, or `whpk_` and that of 32' },
  ),
  signed('github'),
  timed('stripe'),
  timed('slack'),
  signed('shopify'),
  z
    .strictObject({
      type: z.literal('hmac'),
      ...secrets,
      header,
      algorithm: z.enum(['sha1', 'sha256', 'sha512']),
      encoding: z.enum(['hex', 'base64', 'base64url']),
      prefix: z.string().max(50).optional(),
      signatureFormat: z
        .string()
        .max(200)
        .regex(/\{signature\}/, 'expected {signature} in it')
        .optional()
        .describe(
          'How the header is written: parts between commas or semicolons, such as `t={timestamp},v1={signature}`.',
        ),
      timestampHeader: header.optional(),
      timestampFormat: z.enum(timestampFormats).default('seconds'),
      idHeader: header.optional().describe('Header of what `{id}` stands for.'),
      signedContent: contentTemplate.optional(),
      keyEncoding: z.enum(['text', 'hex', 'base64', 'base64url']).default('text'),
      toleranceSeconds,
    })
    .refine(oneOfThem.check, oneOfThem.error)
    .superRefine((given, context) => {
      const message = schemeProblem(given);
      if (message !== undefined) context.addIssue({ code: 'custom', message });
    }),
  z.strictObject({
    type: z.literal('basic'),
    username: z.string().regex(/^[^:]{1,256}$/, 'expected a name without a colon'),
    password: secret,
  }),
  z.strictObject({ type: z.literal('bearer'), ...tokens }).refine(hasToken.check, hasToken.error),
  z
    .strictObject({
      type: z.literal('token'),
      header: header.optional(),
      query: z
        .string()
        .min(1)
        .max(100)
        .optional()
        .describe('Name of the member of the query that holds the token.'),
      ...tokens,
    })
    .refine(hasToken.check, hasToken.error)
    .refine((given) => (given.header === undefined) !== (given.query === undefined), {
      error: 'header: expected `header` or `query`, and one of them only',
    }),
]);

/** A verification with its values. */
export type Verification = z.output<typeof verification>;

/** A text that is evaluated for each request. */
const requestExpression = z
  .string()
  .min(1)
  .max(10_000)
  .superRefine((text, context) => {
    const problem = requestExpressionProblem(text);
    if (problem !== undefined) context.addIssue({ code: 'custom', message: `expected ${problem}` });
  });

const dedupe = z
  .strictObject({
    by: z.enum(['auto', 'header', 'expression', 'body', 'none']).default('auto'),
    header: header.optional(),
    expression: requestExpression.optional(),
    windowSeconds: z
      .int()
      .min(1)
      .default(7 * 24 * 60 * 60),
  })
  .refine((given) => (given.by === 'header') === (given.header !== undefined), {
    error: 'header: expected with `by: "header"`, and only then',
  })
  .refine((given) => (given.by === 'expression') === (given.expression !== undefined), {
    error: 'expression: expected with `by: "expression"`, and only then',
  });

const hardLimitBytes = 10 * 1024 * 1024;

/** Settings of a workflow's webhook; what is left out stays, or is the default. */
export const webhookSettings = z.strictObject({
  verification: verification.optional(),
  dedupe: dedupe.optional(),
  methods: z
    .array(z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']))
    .min(1)
    .optional(),
  respond: z.enum(['immediate', 'result']).optional(),
  contentTypes: z
    .array(
      z
        .string()
        .max(200)
        .regex(/^[\w!#$&^.+-]+\/([\w!#$&^.+-]+|\*)$/, 'expected a type such as application/json or text/*'),
    )
    .max(50)
    .optional(),
  ipAllowList: z
    .array(z.string().max(64).refine(isRange, 'expected an address or a CIDR range'))
    .max(200)
    .optional(),
  filter: requestExpression.nullable().optional(),
  whenPaused: z.enum(['hold', 'reject']).optional(),
  handshake: z.strictObject({ verifyToken: secret }).nullable().optional(),
  maxBodyBytes: z.int().min(1).max(hardLimitBytes).optional(),
});

/** Parsed settings, with their secrets. */
export type WebhookSettingsInput = z.output<typeof webhookSettings>;

export const rotateBody = z.strictObject({
  overlapSeconds: z
    .int()
    .min(0)
    .max(30 * 24 * 60 * 60)
    .default(24 * 60 * 60),
});

export const captureBody = z.strictObject({ seconds: z.int().min(1).max(3_600).default(600) });
