import { currentTime } from '../../clock.ts';
import { credentialHeaders, redactHeaders } from '../../outbound/egress/redact-headers.ts';
import { createSigningKey } from '../../outbound/signing/sign-hook.ts';
import { rotateKeys } from '../../store/endpoints/endpoint-keys.ts';
import { findEndpoint, updateEndpoint } from '../../store/endpoints/endpoints.ts';
import type { EndpointDocument, SealedKey, SealedSecret } from '../../store/endpoints/endpoints.ts';
import type { ApiDeps } from '../routing/deps.ts';

/** A signing secret as it is stored. */
export function sealSecret({ sealer }: ApiDeps, secret: string, createdAt: Date): SealedSecret {
  return { sealed: sealer.seal(secret), createdAt };
}

/** Custom headers as they are stored: credentials apart, and sealed. */
export function sealHeaders(
  { sealer }: ApiDeps,
  headers: Record<string, string>,
): Required<Pick<EndpointDocument, 'headers' | 'sealedHeaders'>> {
  const sealed = Object.entries(credentialHeaders(headers)).map(([name, value]) => [
    name,
    sealer.seal(value),
  ]);
  return { headers: redactHeaders(headers), sealedHeaders: Object.fromEntries(sealed) };
}

/** A new Ed25519 key as it is stored; the private part is never shown. */
export function sealNewKey({ sealer }: ApiDeps, createdAt: Date): SealedKey {
  const { privateKey, publicKey } = createSigningKey();
  return { sealed: sealer.seal(privateKey), publicKey, createdAt };
}

/** Switches an endpoint's Ed25519 signatures on, with a new key unless there is one, or off at once. */
export async function switchKey(
  deps: ApiDeps,
  owner: Pick<EndpointDocument, '_id' | 'organizationId'>,
  isOn: boolean,
): Promise<EndpointDocument | null> {
  if (!isOn) return updateEndpoint(deps.db, owner, { signingKeys: [] });
  const endpoint = await findEndpoint(deps.db, owner.organizationId, owner._id);
  if (!endpoint || endpoint.signingKeys?.length) return endpoint;
  return rotateKeys(deps.db, owner, {
    list: 'signingKeys',
    fresh: sealNewKey(deps, currentTime()),
    overlapSeconds: 0,
  });
}
