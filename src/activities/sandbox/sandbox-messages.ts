/** What goes between the sandbox and its threads. */

/** What a sandbox runs. `input`: JSON text. */
export interface SandboxJob {
  code: string;
  input: string;
  /** Bound of the code's CPU time, in milliseconds. */
  timeoutMs: number;
}

/** A job with what the thread counts its lines in, also those that it does not send. */
export type SandboxData = SandboxJob & { said: Int32Array };

/** What the code said by `console`. */
export interface SandboxLine {
  level: 'debug' | 'info' | 'warn' | 'error';
  message: string;
}

/** What came of it. `output`: JSON text. */
export type SandboxReply = { output: string } | { error: 'code_error' | 'code_timeout'; message: string };

/** What is said of code past its bound. */
export function tookTooLong(timeoutMs: number): SandboxReply {
  return { error: 'code_timeout', message: `the code took more than ${timeoutMs} ms of CPU time` };
}
