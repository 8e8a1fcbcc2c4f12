import { AppError } from '../../errors/app-error.ts';
import { findEndpoint } from '../../store/endpoints/endpoints.ts';
import type { EndpointDocument } from '../../store/endpoints/endpoints.ts';
import type { ApiDeps } from '../routing/deps.ts';

/** Returns the endpoint of the organization. @throws AppError not-found */
export async function requireEndpoint(
  deps: ApiDeps,
  organizationId: string,
  id: string,
): Promise<EndpointDocument> {
  const endpoint = await findEndpoint(deps.db, organizationId, id);
  if (!endpoint) throw new AppError('not-found', 'No such endpoint.');
  return endpoint;
}
