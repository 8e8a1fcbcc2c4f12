import { wordsOf } from '../routing/route.ts';
import type { Route } from '../routing/route.ts';

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (char) => escapes[char] ?? char);
}

/** A page that lists every route by tag; without scripts, so that the strict content security policy holds. */
export function createDocsPage(routes: readonly Route[]): string {
  const tags = [...new Set(routes.map((route) => route.tag))];
  const sections = tags.map((tag) => {
    const members = routes.filter((route) => route.tag === tag);
    return `<h2>${escape(tag)}</h2>\n<dl>\n${members.map(describe).join('\n')}\n</dl>`;
  });
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Hookloom API</title></head>
<body>
<h1>Hookloom API</h1>
<p>The same for programs: <a href="/openapi.json">openapi.json</a></p>
${sections.join('\n')}
</body>
</html>
`;
}

function describe(route: Route): string {
  const answers = Object.entries(route.answers).map(
    ([status, text]) => `${status}: ${escape(wordsOf(text))}`,
  );
  const key = route.scope === 'public' ? 'no key' : `scope ${route.scope}`;
  return `<dt><code>${route.method.toUpperCase()} ${escape(route.path)}</code></dt>
<dd>${escape(route.summary)} (${key}). ${answers.join(' ')}</dd>`;
}
