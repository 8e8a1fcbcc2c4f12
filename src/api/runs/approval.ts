/** Resume links for people: a page with a form, and what is answered to the form. */
import type { Context } from 'koa';
import { AppError } from '../../errors/app-error.ts';
import { isObject } from '../../engine/json-schema/schema-types.ts';
import type { Json } from '../../engine/json/json.ts';
import type { AnsweredBy } from '../../engine/log/facts.ts';
import { findWorkflow } from '../../store/workflows/workflows.ts';
import type { ApiDeps } from '../routing/deps.ts';
import type { Answer, FormFields } from '../routing/route.ts';
import { approvalPage, messagePage } from '../waits/page/approval-page.ts';
import type { LinkedPage, Refused } from '../waits/page/approval-page.ts';
import { fieldOf } from '../waits/page/form-fields.ts';
import { readField } from '../waits/page/read-form.ts';
import { pagePolicy } from '../waits/page/style.ts';
import { presentLinked, requireLinked, resumeLinked } from './resume-link.ts';

/** Whether a page is asked for: by a browser, not by a program that takes anything. */
export function wantsPage(ctx: Context): boolean {
  return ctx.accepts('json', 'html') === 'html';
}

/** Returns the page of a link; a link of no use has one that says so. */
export async function showLink(deps: ApiDeps, token: string): Promise<Answer> {
  return orPage(async () => pageAnswer(200, approvalPage(await loadPage(deps, token))));
}

/** Takes the form of a link: leads to the page that says so, or shows the form again with what is wrong. */
export async function answerForm(
  deps: ApiDeps,
  token: string,
  given: { values: FormFields; answeredBy: AnsweredBy },
): Promise<Answer> {
  return orPage(async () => {
    const { values, answeredBy } = given;
    const page = await loadPage(deps, token);
    try {
      const data = answerOf(page, values);
      await resumeLinked(deps, await requireLinked(deps, token), { data, answeredBy });
      // Relative: whatever the address is that the browser knows this page by.
      return { status: 303, headers: { ...pageHeaders, location: `./${token}` } };
    } catch (error) {
      return refuse(error, { deps, token, values });
    }
  });
}

/** What was wrong with the answer shows in the form; what came meanwhile, in the page as it is now. */
async function refuse(
  error: unknown,
  { deps, token, values }: { deps: ApiDeps; token: string; values: FormFields },
): Promise<Answer> {
  if (!(error instanceof AppError) || error.status >= 500) throw error;
  const refused: Refused = { values, errors: error.errors };
  const isInvalid = error.code === 'invalid-request';
  const page = await loadPage(deps, token);
  return pageAnswer(error.status, approvalPage(page, isInvalid ? refused : undefined));
}

/** The answer that a form stands for: its data, with the choice beside it. */
function answerOf({ formSchema, choices }: LinkedPage, values: FormFields): Json {
  const root = fieldOf(formSchema);
  const data = (root && readField(root, values)) ?? null;
  if (choices.length === 0) return data;
  const choice = values['choice']?.[0];
  return { ...(isObject(data) ? data : {}), ...(choice === undefined ? {} : { choice }) };
}

async function loadPage(deps: ApiDeps, token: string): Promise<LinkedPage> {
  const linked = await requireLinked(deps, token);
  const { organizationId, workflowId } = linked.run;
  const workflow = await findWorkflow(deps.db, organizationId, workflowId);
  return { ...(await presentLinked(deps, linked)), workflowName: workflow?.name ?? '' };
}

const pageHeaders = { 'content-security-policy': pagePolicy, vary: 'accept' };

function pageAnswer(status: number, body: string): Answer {
  return { status, body, headers: { ...pageHeaders, 'content-type': 'text/html; charset=utf-8' } };
}

/** A refusal or an outage as a page: people read it. */
async function orPage(answer: () => Promise<Answer>): Promise<Answer> {
  try {
    return await answer();
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error;
    const text = 'It may have been copied only in part, or it is too old. Ask whoever sent it for another.';
    return pageAnswer(error.status, messagePage('This link leads nowhere', text));
  }
}
