/** One worker process's share of what may go to one endpoint. */
import type { Db } from 'mongodb';
import { currentMs } from '../../clock.ts';
import { leaseMs, shareOfSlots } from '../../engine/deliveries/endpoint-limits.ts';
import type { LimitAnswer, LimitRequest, Slots } from '../../engine/deliveries/endpoint-limits.ts';
import type { Logger } from '../../log.ts';
import { askLimits } from './endpoint-limits.ts';

/** Leave to send one attempt. */
export interface Permit {
  /** Not before this moment, which is now or in less than a second. */
  sendAt: Date;
  /**
   * How long to wait before sending, in milliseconds; asked once, when all else is ready. What is late keeps its distance
   * from what this process has sent before, so that a busy machine's delays do not become a burst.
   */
  untilTurn(): number;
  /**
   * Gives the place in flight back. How long the attempt took makes the guess of the next free place better; after a
   * failure those that wait inside for a place come back later.
   */
  giveBack(ended?: { durationMs: number; isSuccess: boolean }): void;
}

/** What an attempt asks with. */
export interface PermitAsk {
  /** It has not waited yet. */
  isNew: boolean;
  /** Epoch milliseconds before which nothing is sent; 0: no such bound. */
  notBefore: number;
}

interface Waiting extends PermitAsk {
  resolve: (answer: LimitAnswer) => void;
  reject: (error: unknown) => void;
}

/** Longest that an attempt waits inside the worker for a place in flight, in milliseconds. */
const waitInsideMs = 1_000;
/** Unused permits are handed back after this long: other processes may need them. */
const handBackMs = 250;
/** Weight of the newest attempt in the running mean of durations. */
const newestShare = 0.2;

/** What a share is made with. */
export interface ShareOf {
  db: Db;
  log: Logger;
  endpointId: string;
  processId: string;
  /** The process's slots; what the endpoint uses of them is counted here too. */
  slots: Slots;
}

/** Permits that are leased in blocks: asks that come while MongoDB is asked go together in the next block. */
export class EndpointShare {
  /** The endpoint's limits as they were last read. */
  limits: Pick<LimitRequest, 'ratePerSecond' | 'maxInFlight'> = { ratePerSecond: null, maxInFlight: 0 };
  private readonly given: ShareOf;
  private leased = 0;
  private leasedUntil = 0;
  private inUse = 0;
  /** The moments of the attempts in flight, added up. */
  private sentSum = 0;
  /** How long attempts took that have ended. */
  private serviceMs = 100;
  private waiting: Waiting[] = [];
  /** Attempts that wait inside for a place, first come, first served; told whether they have got one. */
  private readonly inside = new Set<(isIn: boolean) => void>();
  private isAsking = false;
  /** When the latest attempt was or is sent. */
  private lastTurn = 0;
  private handBack: NodeJS.Timeout | undefined;

  constructor(given: ShareOf) {
    this.given = given;
  }

  /** Whether nothing is leased, in use or asked for. */
  get isIdle(): boolean {
    const isUnused = this.leased === 0 && this.inUse === 0 && this.inside.size === 0;
    return isUnused && !this.isAsking && this.waiting.length === 0;
  }

  /** Returns a permit, or when to ask again. */
  async take(ask: PermitAsk): Promise<Permit | { comeBackAt: Date }> {
    const now = currentMs();
    if (this.takeLeased(ask, now)) return this.permit(now);
    const answer = await new Promise<LimitAnswer>((resolve, reject) => {
      this.waiting.push({ ...ask, resolve, reject });
      void this.drain();
    });
    if ('sendAt' in answer) return this.permit(answer.sendAt);
    return (await this.waitInside(ask)) ?? { comeBackAt: new Date(answer.comeBackAt) };
  }

  /** Renews what is in use and hands back what is not. */
  async renew(): Promise<void> {
    if (this.isAsking) return;
    this.isAsking = true;
    if (this.waiting.length === 0) await this.askBlock([]);
    this.isAsking = false;
    await this.drain();
  }

  /** Where attempts are short, waiting here is cheaper by far than coming back; `undefined`: no place came free in time. */
  private waitInside({ notBefore }: PermitAsk): Promise<Permit | undefined> | undefined {
    const isShort = this.limits.ratePerSecond === null && notBefore === 0 && this.expectedMs() < waitInsideMs;
    if (!isShort || this.inUse + this.inside.size >= this.share()) return undefined;
    this.given.slots.inUse += 1;
    return new Promise((resolve) => {
      const decide = (isIn: boolean) => {
        clearTimeout(timer);
        this.inside.delete(decide);
        this.given.slots.inUse -= 1;
        const now = currentMs();
        if (isIn) this.use(1, now);
        resolve(isIn ? this.permit(now) : undefined);
      };
      const timer = setTimeout(() => decide(false), waitInsideMs);
      this.inside.add(decide);
    });
  }

  /** Gives places of the block before that are free again to those that wait inside. */
  private letIn(): void {
    for (const decide of this.inside) {
      if (!this.hasLeased(currentMs())) return;
      decide(true);
    }
  }

  /** How long an attempt takes. One that hangs has not ended, and tells by its age how long it takes at least. */
  private expectedMs(): number {
    const ageMs = this.inUse === 0 ? 0 : currentMs() - this.sentSum / this.inUse;
    return Math.max(this.serviceMs, ageMs);
  }

  /** Most slots of the process that are this endpoint's now. */
  private share(): number {
    return shareOfSlots(this.given.slots, this.inUse + this.inside.size);
  }

  /** A permit of the block before that is free again costs no call. */
  private takeLeased({ notBefore }: PermitAsk, now: number): boolean {
    if (this.limits.ratePerSecond !== null || notBefore > 0) return false;
    if (this.inside.size > 0 || !this.hasLeased(now)) return false;
    this.use(1, now);
    return true;
  }

  private hasLeased(now: number): boolean {
    const { limits, leased, inUse } = this;
    if (this.isAsking || this.leasedUntil <= now) return false;
    return inUse < Math.min(leased, limits.maxInFlight, this.share());
  }

  /** Asks for all that wait, block by block. */
  private async drain(): Promise<void> {
    if (this.isAsking) return;
    this.isAsking = true;
    while (this.waiting.length > 0) {
      // A block has one bound: those behind a pause are asked for apart.
      const bound = this.waiting[0]?.notBefore;
      const block = this.waiting.filter((waiting) => waiting.notBefore === bound);
      this.waiting = this.waiting.filter((waiting) => waiting.notBefore !== bound);
      await this.askBlock(block);
    }
    this.isAsking = false;
    this.letIn();
  }

  private async askBlock(block: readonly Waiting[]): Promise<void> {
    const { db, endpointId, log } = this.given;
    try {
      const { answers, permits } = await askLimits(db, endpointId, () => this.request(block));
      this.leased = permits;
      this.leasedUntil = currentMs() + leaseMs;
      for (const answer of answers) if ('sendAt' in answer) this.use(1, answer.sendAt);
      block.forEach((waiting, index) => waiting.resolve(answers[index] as LimitAnswer));
    } catch (error) {
      for (const waiting of block) waiting.reject(error);
      if (block.length === 0) log.warn({ err: error, endpointId }, 'permits could not be renewed');
    }
  }

  private request(block: readonly Waiting[]): LimitRequest {
    const { inUse, limits } = this;
    const process = { processId: this.given.processId, processCap: this.share(), inUse };
    const at = { now: currentMs(), notBefore: block[0]?.notBefore ?? 0, random: Math.random };
    return { ...process, serviceMs: this.expectedMs(), ...limits, ...at, asks: block };
  }

  private permit(sendAt: number): Permit {
    let isGivenBack = false;
    return {
      sendAt: new Date(sendAt),
      untilTurn: () => this.takeTurn(sendAt),
      giveBack: (ended) => {
        if (isGivenBack) return;
        isGivenBack = true;
        this.use(-1, sendAt);
        if (ended) this.serviceMs += newestShare * (ended.durationMs - this.serviceMs);
        // After a failure the receiver may have asked for quiet: whoever comes back reads of it first.
        if (ended?.isSuccess === false) for (const decide of this.inside) decide(false);
        else this.letIn();
        this.handBackSoon();
      },
    };
  }

  private takeTurn(sendAt: number): number {
    const { ratePerSecond } = this.limits;
    const now = currentMs();
    if (ratePerSecond === null) return sendAt - now;
    this.lastTurn = Math.max(sendAt, now, this.lastTurn + 1000 / ratePerSecond);
    return this.lastTurn - now;
  }

  private use(count: 1 | -1, sendAt: number): void {
    this.inUse += count;
    this.sentSum += count * sendAt;
    this.given.slots.inUse += count;
  }

  private handBackSoon(): void {
    this.handBack ??= setTimeout(() => {
      this.handBack = undefined;
      if (this.leased > this.inUse) void this.renew();
    }, handBackMs).unref();
  }
}
