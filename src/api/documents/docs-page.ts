import { html } from '../routing/html.ts';
import type { Html } from '../routing/html.ts';
import { wordsOf } from '../routing/route.ts';
import type { Route } from '../routing/route.ts';

/**
 * The policy of the page: the reference sets styles of its elements, so that inline styles are allowed here alone; scripts come
 * from files, and nothing goes to another server.
 */
export const docsPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A page that shows the reference of the API; without scripts, a list of every route by tag. */
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
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Hookloom API</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
      </head>
      <body>
        <div id="reference"></div>
        <noscript>
          <h1>Hookloom API</h1>
          <p>The same for programs: <a href="/openapi.json">openapi.json</a></p>
          ${sections}
        </noscript>
        <script src="/docs/reference.js"></script>
        <script src="/docs/start.js"></script>
      </body>
    </html> `.text;
}

function describe(route: Route): Html {
  const answers = Object.entries(route.answers).map(([status, text]) => `${status}: ${wordsOf(text)}`);
  const key = route.scope === 'public' ? 'no key' : `scope ${route.scope}`;
  return html`<dt><code>${route.method.toUpperCase()} ${route.path}</code></dt>
    <dd>${route.summary} (${key}). ${answers.join(' ')}</dd>`;
}
