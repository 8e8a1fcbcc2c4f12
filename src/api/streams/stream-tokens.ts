import { currentMs } from '../../clock.ts';
import { createSignedClaims } from '../../store/access/signed-claims.ts';

/** What a stream is about: a run, an execution, or the runs of a workflow. */
export type StreamSubject = 'runId' | 'executionId' | 'workflowId';

/** What a stream token opens, for whom, and until when. */
export interface StreamGrant {
  subject: StreamSubject;
  id: string;
  organizationId: string;
  /** The key that asked for it: once that is revoked, the token opens nothing. */
  keyId: string;
  expiresAt: Date;
}

/** Makes and reads the tokens that open one stream each. */
export interface StreamTokens {
  create(grant: StreamGrant): string;
  /** Returns what a token opens now; `undefined` for every token that is of no use, all alike. */
  read(token: string): StreamGrant | undefined;
}

/** Creates the tokens. They are signed and not stored. `masterKey`: base64 of 32 bytes. */
export function createStreamTokens(masterKey: string): StreamTokens {
  const claims = createSignedClaims(masterKey, 'hookloom stream token');
  return {
    create: ({ subject, id, organizationId, keyId, expiresAt }) =>
      claims.sign([subject, id, organizationId, keyId, expiresAt.getTime()]),
    read(token) {
      const claim = claims.read(token);
      if (!claim) return undefined;
      const [subject, id, organizationId, keyId, expiresAtMs] = claim;
      if (Number(expiresAtMs) <= currentMs()) return undefined;
      return {
        subject: subject as StreamSubject,
        id: String(id),
        organizationId: String(organizationId),
        keyId: String(keyId),
        expiresAt: new Date(Number(expiresAtMs)),
      };
    },
  };
}
