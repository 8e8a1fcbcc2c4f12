/** Exit codes of every command. */
export const exitCodes = { ok: 0, failed: 1, usage: 2, unreachable: 3 } as const;

/** Ends a command with a message that says what to do next. */
export class CliError extends Error {
  readonly exitCode: number;
  readonly details: readonly string[];
  /** What `--json` prints instead of the message. */
  readonly problem: object | undefined;

  constructor(
    message: string,
    options: { exitCode?: number; details?: readonly string[]; problem?: object; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'CliError';
    this.exitCode = options.exitCode ?? exitCodes.failed;
    this.details = options.details ?? [];
    this.problem = options.problem;
  }
}

/** Whether a call failed because nothing answered. */
function isUnreachable(error: unknown): boolean {
  return error instanceof TypeError && /fetch failed|network|connect/i.test(error.message);
}

interface Told {
  status?: unknown;
  code?: unknown;
  title?: unknown;
  detail?: unknown;
  pointers?: readonly { pointer: string; detail: string }[];
}

/** Turns whatever a command threw into an end with an exit code. */
export function toCliError(error: unknown, url: string | undefined): CliError {
  if (error instanceof CliError) return error;
  if (error instanceof Error && error.name === 'HookloomProblem') return fromProblem(error as Told & Error);
  if (isUnreachable(error)) {
    const hint =
      'start it with `hookloom start`, or name another with --url, HOOKLOOM_URL or `hookloom context use`';
    const problem = { code: 'unreachable', detail: `Nothing answers at ${url}.` };
    return new CliError(`Nothing answers at ${url}: ${hint}.`, { exitCode: exitCodes.unreachable, problem });
  }
  const message = error instanceof Error ? error.message : String(error);
  return new CliError(message, { problem: { code: 'failed', detail: message }, cause: error });
}

function fromProblem(told: Told & Error): CliError {
  const { status, code, title, detail, pointers = [] } = told;
  const hints: Record<string, string> = {
    unauthorized: ' Log in with `hookloom login`, or set HOOKLOOM_API_KEY.',
    forbidden: ' Use a key that has it.',
  };
  return new CliError(`${told.message}${hints[String(code)] ?? ''}`, {
    exitCode: status === 503 || status === 502 ? exitCodes.unreachable : exitCodes.failed,
    details: pointers.map((one) => `${one.pointer}  ${one.detail}`),
    problem: { status, code, title, detail, errors: pointers },
  });
}
