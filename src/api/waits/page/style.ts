/** How the approval page looks: on a phone as on a desk, in the scheme that the system asks for. */
import { createHash } from 'node:crypto';

/** The style sheet of the page. */
export const style = `
:root { color-scheme: light dark; --ground: #f6f7f9; --surface: #fff; --line: #ced4da; --edge: #868e96; --text: #1f2328; --dim: #5c636a; --accent: #3b5bdb; --on-accent: #fff; --wrong: #c92a2a; --good: #1d7a3c; }
@media (prefers-color-scheme: dark) { :root { --ground: #131417; --surface: #1b1d22; --line: #34373e; --edge: #7d858d; --text: #e6e8eb; --dim: #a3abb3; --accent: #91a7ff; --on-accent: #131417; --wrong: #ff8787; --good: #5fd38a; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 1rem; background: var(--ground); color: var(--text); font: 1rem/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'DejaVu Sans', sans-serif; overflow-wrap: anywhere; }
main { max-width: 36rem; margin: 4vh auto 2rem; padding: 1.5rem; background: var(--surface); border: 1px solid var(--line); border-radius: .75rem; }
h1 { margin: 0 0 .5rem; font-size: 1.375rem; line-height: 1.3; }
p { margin: 0 0 .75rem; }
.from, .dim, .hint { color: var(--dim); }
.from { margin: 0 0 .25rem; font-size: .875rem; }
.description { white-space: pre-line; }
.field, fieldset { margin: 0 0 1.1rem; }
fieldset { padding: .75rem 1rem .25rem; border: 1px solid var(--line); border-radius: .5rem; }
legend, .field > label:not(.check) { display: block; font-weight: 600; }
legend { padding: 0 .35rem; }
.hint, .wrong { margin: 0 0 .35rem; font-size: .875rem; }
.wrong { color: var(--wrong); font-weight: 600; }
.dim { font-weight: 400; }
input:not([type=checkbox]), select, textarea { display: block; width: 100%; min-height: 2.75rem; padding: .5rem .7rem; font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--edge); border-radius: .5rem; }
textarea { resize: vertical; }
.mono { font-family: ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace; }
[aria-invalid=true] { border-color: var(--wrong) !important; }
.check { display: flex; gap: .6rem; align-items: center; min-height: 2.75rem; }
.check input { width: 1.25rem; height: 1.25rem; flex: none; accent-color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.buttons { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 1.25rem; }
button { flex: 1 1 9rem; min-height: 2.75rem; padding: .5rem 1rem; font: inherit; font-weight: 600; color: var(--text); background: transparent; border: 1px solid var(--edge); border-radius: .5rem; cursor: pointer; }
button.first { color: var(--on-accent); background: var(--accent); border-color: var(--accent); }
button[hidden] { display: none; }
.until { margin: 1rem 0 0; font-size: .875rem; color: var(--dim); }
.summary { padding: .6rem .8rem; border: 1px solid var(--wrong); border-radius: .5rem; color: var(--wrong); }
.done { color: var(--good); }
`;

const hash = createHash('sha256').update(style).digest('base64');

/** Its content security policy: this style, forms to its own origin, and nothing else; shown in no frame. */
export const pagePolicy = [
  "default-src 'none'",
  `style-src 'sha256-${hash}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
