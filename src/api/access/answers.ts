/** What the routes of keys, credentials, organizations and the audit log answer. */
import { z } from 'zod';
import { scopes } from '../../store/access/api-keys.ts';
import { instant, pageOf } from '../routing/answer-parts.ts';

const keyMembers = {
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(scopes)),
  expiresAt: instant.nullable(),
  revokedAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
  createdAt: instant,
};
const keyText = z.string().describe('`hl_…`; in this answer only.');

/** An API key. */
export const apiKey = z.object(keyMembers).meta({ id: 'ApiKey' });
export const apiKeyPage = pageOf(apiKey);
export const newApiKey = z.object({ ...keyMembers, apiKey: keyText }).meta({ id: 'NewApiKey' });

/** A stored credential. */
export const credential = z
  .object({
    id: z.string(),
    name: z.string(),
    createdAt: instant,
    updatedAt: instant,
    lastUsedAt: instant.nullable(),
  })
  .meta({ id: 'Credential' });
export const credentialPage = pageOf(credential);

export const newOrganization = z.object({
  organization: z.object({ id: z.string(), name: z.string(), createdAt: instant }),
  apiKey: keyText,
});

/** A change that was asked for. */
export const auditRow = z
  .object({
    id: z.string(),
    keyId: z.string(),
    action: z.string().describe('Method and path of the route.'),
    resource: z.string().describe('The path that was called.'),
    status: z.int().nullable().describe('HTTP status of the answer; `null` while it is under way.'),
    requestId: z.string(),
    remoteAddress: z.string(),
    createdAt: instant,
  })
  .meta({ id: 'AuditRow' });
export const auditPage = pageOf(auditRow);

/** The organization of the key. */
export const ownOrganization = z
  .object({
    id: z.string(),
    name: z.string(),
    onFailure: z
      .object({ workflowId: z.string(), when: z.array(z.string()).optional() })
      .nullable()
      .describe('What failed runs start whose workflow says nothing.'),
    createdAt: instant,
  })
  .meta({ id: 'OwnOrganization' });
