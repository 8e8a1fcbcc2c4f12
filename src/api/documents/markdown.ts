import { errorCodes } from '../../errors/registry.ts';
import { wordsOf } from '../routing/route.ts';
import type { Route } from '../routing/route.ts';

/** The page of every route, by tag, as Markdown. */
export function describeRoutes(routes: readonly Route[]): string {
  const tags = [...new Set(routes.map((route) => route.tag))];
  const sections = tags.map((tag) => {
    const rows = routes.filter((route) => route.tag === tag).map(describeRow);
    return `## ${tag}\n\n| route | scope | does | answers |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
  });
  return `# HTTP API

Every route, from the table that the router, validation and \`/openapi.json\` are made of. JSON in and out;
\`Authorization: Bearer hl_…\` unless the scope is \`public\`. Errors are \`application/problem+json\`, see
[errors](errors.md). Lists take \`limit\` (20, at most 100) and \`cursor\`, and answer \`{items, nextCursor}\`.

Routes marked ① create: they take an \`Idempotency-Key\` (1 to 255 characters). The same key with the same path and body
within 24 hours creates nothing more and is answered the same, with \`idempotency-replayed: true\`; with another path or
body it is \`422\`, and \`409\` while the first request is still running. What was created and the answer are written at
once, so this holds through any crash. A refusal creates nothing, is not kept and leaves the key free.

${sections.join('\n')}`;
}

function describeRow(route: Route): string {
  const answers = Object.entries(route.answers).map(([status, text]) => `${status}: ${wordsOf(text)}`);
  const cells = [
    `\`${route.method.toUpperCase()} ${route.path}\`${route.creates ? ' ①' : ''}`,
    route.scope,
    route.summary,
    answers.join(' '),
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** The page of every error code, as Markdown. */
export function describeErrors(): string {
  const sections = Object.entries(errorCodes).map(
    ([code, { status, title }]) => `## ${code}\n\n${status}. ${title}.\n`,
  );
  return `# Errors

Every refusal and outage that the API answers, as \`application/problem+json\` (RFC 9457): \`type\` is
\`/problems/<code>\`, \`detail\` says what was expected and what came, \`errors\` names each place by an RFC 6901 pointer.

${sections.join('\n')}`;
}
