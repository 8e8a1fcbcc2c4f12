/** Resume links: a token that names a wait and proves that it was made here. Nothing of it is stored. */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** The wait that a token resumes. */
export interface LinkedWait {
  runId: string;
  /** Path of the wait. */
  path: string;
}

/** Makes and reads the tokens of one deployment. */
export interface ResumeLinks {
  /** The link of a wait: the same for the same wait, also before the wait begins. */
  urlOf(wait: LinkedWait): string;
  /** The wait of a token; `undefined` when it was not made here. */
  read(token: string): LinkedWait | undefined;
}

/** Version of the secret that signs; it stands in the token, so that another can follow. */
const secretVersion = 1;
const info = 'hookloom resume link';

/** Creates the links. `masterKey`: base64 of 32 bytes; `baseUrl`: without a trailing slash. */
export function createResumeLinks(masterKey: string, baseUrl: string): ResumeLinks {
  const secret = Buffer.from(
    hkdfSync('sha256', Buffer.from(masterKey, 'base64'), '', `${info} ${secretVersion}`, 32),
  );
  const sign = (claim: string) => createHmac('sha256', secret).update(claim).digest();
  return {
    urlOf({ runId, path }) {
      const claim = Buffer.from(JSON.stringify([secretVersion, runId, path])).toString('base64url');
      return `${baseUrl}/v1/resume/${claim}.${sign(claim).toString('base64url')}`;
    },
    read(token) {
      const [claim = '', signature = '', ...rest] = token.split('.');
      const given = Buffer.from(signature, 'base64url');
      const expected = sign(claim);
      if (rest.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected))
        return undefined;
      const [, runId, path] = JSON.parse(Buffer.from(claim, 'base64url').toString()) as [
        number,
        string,
        string,
      ];
      return { runId, path };
    },
  };
}
