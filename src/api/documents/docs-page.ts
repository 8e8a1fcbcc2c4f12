import { html } from '../routing/html.ts';
import type { Html } from '../routing/html.ts';
import { wordsOf } from '../routing/route.ts';
import type { Route } from '../routing/route.ts';

/** A page that lists every route by tag; without scripts, so that the strict content security policy holds. */
export function createDocsPage(routes: readonly Route[]): string {
  const tags = [...new Set(routes.map((route) => route.tag))];
  const sections = tags.map((tag) => {
    const members = routes.filter((route) => route.tag === tag);
    return html`<h2>${tag}</h2>
      <dl>${members.map(describe)}</dl>`;
  });
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>Hookloom API</title>
      </head>
      <body>
        <h1>Hookloom API</h1>
        <p>The same for programs: <a href="/openapi.json">openapi.json</a></p>
        ${sections}
      </body>
    </html> `.text;
}

function describe(route: Route): Html {
  const answers = Object.entries(route.answers).map(([status, text]) => `${status}: ${wordsOf(text)}`);
  const key = route.scope === 'public' ? 'no key' : `scope ${route.scope}`;
  return html`<dt><code>${route.method.toUpperCase()} ${route.path}</code></dt>
    <dd>${route.summary} (${key}). ${answers.join(' ')}</dd>`;
}
