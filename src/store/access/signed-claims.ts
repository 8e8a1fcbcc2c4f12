/** Texts that prove that they were made here. Nothing of them is stored. */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** Makes and reads the texts of one purpose. */
export interface SignedClaims {
  /** Returns the text of a claim: the same for the same claim. */
  sign(claim: readonly (string | number)[]): string;
  /** Returns the claim of a text; `undefined` when it was not made here, or for another purpose. */
  read(text: string): (string | number)[] | undefined;
}

/** Version of the secret that signs; it stands in the text, so that another can follow. */
const secretVersion = 1;

/** Creates the claims of a purpose. `masterKey`: base64 of 32 bytes. */
export function createSignedClaims(masterKey: string, purpose: string): SignedClaims {
  const info = `${purpose} ${secretVersion}`;
  const secret = Buffer.from(hkdfSync('sha256', Buffer.from(masterKey, 'base64'), '', info, 32));
  const signatureOf = (text: string) => createHmac('sha256', secret).update(text).digest();
  return {
    sign(claim) {
      const text = Buffer.from(JSON.stringify([secretVersion, ...claim])).toString('base64url');
      return `${text}.${signatureOf(text).toString('base64url')}`;
    },
    read(signed) {
      const [text = '', signature = '', ...rest] = signed.split('.');
      const given = Buffer.from(signature, 'base64url');
      const expected = signatureOf(text);
      if (rest.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected))
        return undefined;
      const [, ...claim] = JSON.parse(Buffer.from(text, 'base64url').toString()) as (string | number)[];
      return claim;
    },
  };
}
