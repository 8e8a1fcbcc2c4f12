/** Resume links: a token that names a wait and proves that it was made here. Nothing of it is stored. */
import { createSignedClaims } from '../access/signed-claims.ts';

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

/** Creates the links. `masterKey`: base64 of 32 bytes; `baseUrl`: without a trailing slash. */
export function createResumeLinks(masterKey: string, baseUrl: string): ResumeLinks {
  const claims = createSignedClaims(masterKey, 'hookloom resume link');
  return {
    urlOf: ({ runId, path }) => `${baseUrl}/v1/resume/${claims.sign([runId, path])}`,
    read(token) {
      const claim = claims.read(token);
      return claim && { runId: String(claim[0]), path: String(claim[1]) };
    },
  };
}
