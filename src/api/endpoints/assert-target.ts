import { AppError } from '../../errors/app-error.ts';
import { checkUrl } from '../../outbound/egress/address-guard.ts';
import { checkCustomHeaders } from '../../outbound/egress/protected-headers.ts';
import { parseSigningSecret } from '../../outbound/signing/sign-hook.ts';
import { unknownWorkflows } from '../../store/workflows/workflows.ts';
import type { ApiDeps } from '../routing/deps.ts';

/** The parts of an endpoint that no schema can judge. */
interface Target {
  url?: string | undefined;
  headers?: Record<string, string> | undefined;
  signingSecret?: string | undefined;
}

/** @throws AppError invalid-request for a URL, a header or a secret that hooks may not use; it never holds the secret */
export function assertTarget(deps: ApiDeps, { url, headers, signingSecret }: Target): void {
  assertField('url', () => {
    if (url !== undefined) checkUrl(url, { allow: deps.config.HOOKLOOM_EGRESS_ALLOW });
  });
  assertField('headers', () => {
    if (headers) checkCustomHeaders(headers);
  });
  assertField('signingSecret', () => {
    if (signingSecret !== undefined) parseSigningSecret(signingSecret);
  });
}

/** @throws AppError invalid-request for ids of workflows that are not there, or not the organization's */
export async function assertWorkflows(
  { db }: ApiDeps,
  organizationId: string,
  workflowIds: readonly string[] = [],
): Promise<void> {
  const unknown = await unknownWorkflows(db, organizationId, workflowIds);
  if (unknown.length === 0) return;
  const errors = unknown.map((id) => ({
    pointer: `/workflowIds/${workflowIds.indexOf(id)}`,
    detail: `expected the id of a workflow; there is no ${id}`,
  }));
  throw new AppError('invalid-request', `workflowIds: ${errors[0]?.detail}`, { errors });
}

function assertField(field: string, check: () => void): void {
  try {
    check();
  } catch (cause) {
    const detail = `${field}: ${(cause as Error).message}`;
    throw new AppError('invalid-request', detail, { errors: [{ pointer: `/${field}`, detail }], cause });
  }
}
