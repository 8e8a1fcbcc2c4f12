import type { Verification } from '../../workflows/webhook/schema.ts';
import { verifyBasic, verifyBearer } from './credentials.ts';
import { verifyGithub } from './github.ts';
import { verifyHmac } from './hmac.ts';
import { verifyShopify } from './shopify.ts';
import type { SignedRequest } from './signature.ts';
import { verifySlack } from './slack.ts';
import { verifyStandardWebhooks } from './standard-webhooks.ts';
import { verifyStripe } from './stripe.ts';
import { verifyToken } from './token.ts';

/** Every secret of a verification: while one is replaced, the old and the new are both taken. */
export function secretsOf(verification: Verification): string[] {
  const { secret, secrets = [] } = verification as { secret?: string; secrets?: string[] };
  return [...(secret === undefined ? [] : [secret]), ...secrets];
}

type Verify<Type extends Verification['type']> = (
  request: SignedRequest,
  verification: Extract<Verification, { type: Type }> & { secrets: string[] },
) => string | undefined;

/** How each type verifies. `ip` is judged by the allow-list, which has been looked at. */
const verifiers: { [Type in Verification['type']]: Verify<Type> } = {
  none: () => undefined,
  ip: () => undefined,
  'standard-webhooks': verifyStandardWebhooks,
  github: verifyGithub,
  stripe: verifyStripe,
  slack: verifySlack,
  shopify: verifyShopify,
  hmac: verifyHmac,
  basic: verifyBasic,
  bearer: (request, given) => verifyBearer(request, { tokens: tokensOf(given) }),
  token: (request, given) => verifyToken(request, { ...given, tokens: tokensOf(given) }),
};

function tokensOf({ token, tokens = [] }: { token?: string | undefined; tokens?: string[] | undefined }) {
  return [...(token === undefined ? [] : [token]), ...tokens];
}

/** Why a request does not verify; `undefined` when it does. */
export function failedVerification(request: SignedRequest, verification: Verification): string | undefined {
  const verify = verifiers[verification.type] as Verify<Verification['type']>;
  return verify(request, { ...verification, secrets: secretsOf(verification) } as never);
}
