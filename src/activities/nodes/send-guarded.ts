import type { GuardedClient, GuardedRequest } from '../../outbound/egress/guarded-client.ts';
import type { GuardedResponse } from '../../outbound/egress/guarded-response.ts';
import { GuardedRequestError } from '../../outbound/egress/guarded-error.ts';
import { NodeFailure } from '../node-code.ts';

/** Sends a node's request. @throws NodeFailure that says which step failed, with the status when one came */
export async function sendGuarded(client: GuardedClient, request: GuardedRequest): Promise<GuardedResponse> {
  try {
    return await client.request(request);
  } catch (cause) {
    if (!(cause instanceof GuardedRequestError)) throw cause;
    const { type, message, details, answer } = cause;
    const hasDetails = Object.keys(details).length > 0;
    const error = {
      type,
      message,
      ...(answer ? { status: answer.status } : {}),
      ...(hasDetails ? { details: { ...details } } : {}),
    };
    throw new NodeFailure(error, { cause });
  }
}
