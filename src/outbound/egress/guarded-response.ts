/** One answer. Nothing is inflated. */
export interface GuardedResponse {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
  truncated: boolean;
  /** Milliseconds: until the headers, and in all. */
  timings: { headersMs: number; totalMs: number };
  /** The address that was connected to. */
  remoteAddress: string | undefined;
  redirects: number;
}
