/** How long a download may take to show that it can be reached at all. */
export const reachMs = 2_000;

/**
 * Asserts that the host of `url` answers anything within two seconds: a closed network is noticed at once, not after retries.
 * @throws Error that names the host
 */
export async function assertReachable(url: string): Promise<void> {
  try {
    await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(reachMs) });
  } catch (cause) {
    throw new Error(`${new URL(url).host} cannot be reached within ${reachMs / 1000} s`, { cause });
  }
}
