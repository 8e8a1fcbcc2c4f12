/** The page of a resume link: what is asked, a form for the answer; or why there is nothing to answer. No JavaScript. */
import type { ErrorDetail } from '../../../errors/app-error.ts';
import { html, Html } from '../../routing/html.ts';
import type { WaitDescription } from '../describe-wait.ts';
import { fieldOf } from './form-fields.ts';
import type { Field } from './form-fields.ts';
import type { FormFields } from '../../routing/route.ts';
import { readField } from './read-form.ts';
import { renderField } from './render-field.ts';
import { style } from './style.ts';

/** What a link would do now. */
export interface LinkedPage extends WaitDescription {
  workflowName: string;
  status: 'not_begun' | 'held' | 'waiting' | 'over';
  outcome: 'resumed' | 'timed_out' | 'ended' | null;
  answeredBy: { at: string; name: string | null } | null;
  expiresAt: string | null;
  /** Whether what is asked for is known. */
  isKnown: boolean;
}

/** A form that was refused. */
export interface Refused {
  values: FormFields;
  errors: readonly ErrorDetail[];
}

/** Returns the page of a link: its form while it can be answered. */
export function approvalPage(linked: LinkedPage, refused?: Refused): string {
  const { title, workflowName, status } = linked;
  const isOpen = status === 'waiting' || (status === 'not_begun' && linked.isKnown);
  const body = isOpen ? renderForm(linked, refused) : renderState(linked);
  const heading = refused ? `Not sent yet: ${title}` : title;
  return pageOf(
    heading,
    html`<p class="from">${workflowName}</p>
      <h1>${title}</h1>
      ${linked.description !== null && html`<p class="description">${linked.description}</p>`} ${body}`,
  );
}

/** Returns a page that says why there is no form. */
export function messagePage(title: string, text: string): string {
  return pageOf(
    title,
    html`<h1>${title}</h1>
      <p>${text}</p>`,
  );
}

/** To the letter as its hash in the policy has it. */
const styleSheet = new Html(`<style>${style}</style>`);

function pageOf(title: string, body: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        <title>${title}</title>
        ${styleSheet}
      </head>
      <body>
        <main>${body}</main>
      </body>
    </html> `.text;
}

/** Enter in a field presses the first button: without the one that does nothing it would choose for somebody. */
const noButton = html`<button type="submit" disabled hidden></button>`;

function renderForm({ formSchema, choices, expiresAt }: LinkedPage, refused?: Refused): Html {
  const root = fieldOf(formSchema);
  const problems = refused ? problemsOf(root, refused) : new Map<string, string>();
  const buttons =
    choices.length > 0
      ? choices.map(({ value, label }, index) => renderButton(label, value, index === 0))
      : renderButton('Send the answer', undefined, true);
  return html`<form method="post">
    ${choices.length > 1 && noButton} ${refused && renderProblems(refused, root)}
    ${root && renderField(root, { values: refused?.values, problems })}
    <div class="field">
      <label for="name">Your name <span class="dim">(optional)</span></label>
      <input
        id="name"
        name="name"
        maxlength="200"
        autocomplete="name"
        value="${refused?.values['name']?.[0]}"
      />
    </div>
    <div class="buttons">${buttons}</div>
    <p class="until">
      ${expiresAt !== null && html`Can be answered until ${renderTime(expiresAt)}. `}Whoever has this link can
      answer, once.
    </p>
  </form>`;
}

function renderButton(label: string, value: string | undefined, isFirst: boolean): Html {
  const choice = value !== undefined && html`name="choice" value="${value}"`;
  return html`<button type="submit" ${choice} ${isFirst && html`class="first"`}>${label}</button>`;
}

/** What is wrong, by the names of the fields; what a group lacks, at the field that gives it. */
function problemsOf(root: Field | undefined, { errors, values }: Refused): Map<string, string> {
  const found = new Map(errors.map(({ pointer, detail }) => [pointer.slice(1), wordsOf(detail)]));
  for (const field of root ? allFields(root) : []) {
    const missing = field.fields.filter((one) => one.isRequired && readField(one, values) === undefined);
    if (!found.has(field.name) || missing.length === 0) continue;
    found.delete(field.name);
    for (const { name } of missing) found.set(name, 'This is needed.');
  }
  return found;
}

/** The field is named beside it already. */
function wordsOf(detail: string): string {
  const words = detail.slice(detail.indexOf(': ') + 2);
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`;
}

function allFields(field: Field): Field[] {
  return [field, ...field.fields.flatMap(allFields)];
}

/** What no field of the form shows. */
function renderProblems({ errors }: Refused, root: Field | undefined): Html {
  const shown = new Set(root ? allFields(root).map(({ name }) => name) : []);
  const rest = errors.filter(({ pointer }) => !shown.has(pointer.slice(1)));
  const words = rest.length > 0 ? rest.map(({ detail }) => detail).join('; ') : 'See what is marked below.';
  return html`<p class="summary" role="alert">This could not be sent. ${words}</p>`;
}

function renderState(linked: LinkedPage): Html {
  const { status, outcome, answeredBy, expiresAt } = linked;
  const by =
    answeredBy && html`${answeredBy.name !== null && ` by ${answeredBy.name}`}, ${renderTime(answeredBy.at)}`;
  if (status === 'not_begun')
    return html`<p role="status">This is not ready for an answer yet. Open the link again later.</p>`;
  if (status === 'held')
    return html`<p class="done" role="status"><strong>Answered${by ?? ''}.</strong></p>
      <p>The answer is kept until the run asks for it. Nothing more is to be done.</p>`;
  if (outcome === 'resumed')
    return html`<p class="done" role="status"><strong>Answered${by ?? ''}.</strong></p>
      <p>Nothing more is to be done; a link works once.</p>`;
  if (outcome === 'timed_out')
    return html`<p role="status">
      <strong>The time to answer is over</strong
      >${expiresAt !== null && html`: it ended ${renderTime(expiresAt)}`}.
    </p>`;
  return html`<p role="status">
    <strong>No answer is needed any more:</strong> what asked for it has ended.
  </p>`;
}

function renderTime(iso: string): Html {
  const text = new Date(iso).toLocaleString('en-GB', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
  return html`<time datetime="${iso}">${text} UTC</time>`;
}
