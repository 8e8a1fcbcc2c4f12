/** Lines and progress from inside an attempt: grouped, bounded, and recorded before the attempt's outcome. */
import { currentTime } from '../../clock.ts';
import { nodeRefOf } from '../../engine/log/facts.ts';
import type { Fact } from '../../engine/log/facts.ts';
import type { JsonObject } from '../../engine/json/json.ts';
import { wellFormed } from '../../engine/json/well-formed.ts';
import type { NodeCall } from '../../engine/log/node-call.ts';
import type { NodeLog, Progress } from '../node-code.ts';
import type { RecorderDependencies } from './dependencies.ts';

/** Per attempt, of lines and of steps of progress: a chatty node must not flood the log. */
const maxEvents = 200;
const maxLineBytes = 4 * 1024;
const maxTotalBytes = 256 * 1024;
/** What comes within this time goes together. */
const groupMs = 250;

type Level = 'debug' | 'info' | 'warn' | 'error';

/** Which attempt it is. `isLive`: lines are recorded while it runs, not only with its outcome. */
interface LoggedAttempt {
  call: NodeCall;
  attempt: number;
  attemptKey: string;
  isLive: boolean;
}

/** The log of one attempt. */
export class AttemptLog implements NodeLog {
  readonly #append: RecorderDependencies['append'];
  readonly #given: LoggedAttempt;
  readonly #written = { 'node.log': 0, 'node.progress': 0 };
  #totalBytes = 0;
  #leftOut = 0;
  #waiting: Fact[] = [];
  #progress: Fact | undefined;
  #timer: NodeJS.Timeout | undefined;
  #flushing: Promise<void> | undefined;

  constructor({ append }: Pick<RecorderDependencies, 'append'>, given: LoggedAttempt) {
    this.#append = append;
    this.#given = given;
  }

  debug(message: string, fields?: JsonObject): void {
    this.#write('debug', message, fields);
  }

  info(message: string, fields?: JsonObject): void {
    this.#write('info', message, fields);
  }

  warn(message: string, fields?: JsonObject): void {
    this.#write('warn', message, fields);
  }

  error(message: string, fields?: JsonObject): void {
    this.#write('error', message, fields);
  }

  /** Of the steps within one group only the latest tells something. */
  progress(step: Progress): void {
    if (this.#progress) this.#written['node.progress'] -= 1;
    else if (this.#written['node.progress'] >= maxEvents) return;
    this.#progress = this.#factOf('node.progress', { ...step } as JsonObject);
    this.#flushLater();
  }

  leaveOut(lines: number): void {
    this.#leftOut += lines;
  }

  /** Ends the log; answers what is not yet recorded, which goes with the attempt's outcome. */
  async close(): Promise<Fact[]> {
    clearTimeout(this.#timer);
    await this.#flushing;
    clearTimeout(this.#timer);
    const facts = this.#take();
    if (this.#leftOut === 0) return facts;
    const leftOut = this.#leftOut;
    const message = `${leftOut} more line(s) were left out`;
    return [...facts, this.#factOf('node.log', { level: 'warn', message, leftOut })];
  }

  #write(level: Level, message: string, fields?: JsonObject): void {
    const line = cut(message);
    this.#totalBytes += line.message.length + (fields ? JSON.stringify(fields).length : 0);
    if (this.#written['node.log'] >= maxEvents || this.#totalBytes > maxTotalBytes) {
      this.#leftOut += 1;
      return;
    }
    this.#waiting.push(this.#factOf('node.log', { level, ...line, ...(fields ? { fields } : {}) }));
    this.#flushLater();
  }

  #factOf(type: 'node.log' | 'node.progress', data: JsonObject): Fact {
    const { call, attempt, attemptKey } = this.#given;
    this.#written[type] += 1;
    const key = `node/${call.path}/${type}/${attemptKey}/${this.#written[type]}`;
    const at = currentTime().toISOString();
    return {
      kind: 'event',
      key,
      type,
      at,
      node: nodeRefOf(call),
      data: wellFormed({ attempt, ...data }),
    };
  }

  #flushLater(): void {
    if (!this.#given.isLive) return;
    this.#timer ??= setTimeout(() => {
      this.#flushing = this.#flush();
    }, groupMs);
  }

  async #flush(): Promise<void> {
    const facts = this.#take();
    try {
      await this.#append(this.#given.call.runId, facts);
    } catch {
      // What cannot be recorded now goes with the outcome.
      this.#waiting = [...facts, ...this.#waiting];
    }
    this.#timer = undefined;
    if (this.#waiting.length > 0) this.#flushLater();
  }

  #take(): Fact[] {
    const facts = this.#progress ? [...this.#waiting, this.#progress] : this.#waiting;
    this.#waiting = [];
    this.#progress = undefined;
    return facts;
  }
}

function cut(message: string): { message: string; truncated?: true } {
  if (Buffer.byteLength(message) <= maxLineBytes) return { message };
  const text = Buffer.from(message).subarray(0, maxLineBytes).toString('utf8');
  return { message: text.replace(/\uFFFD+$/, ''), truncated: true };
}
