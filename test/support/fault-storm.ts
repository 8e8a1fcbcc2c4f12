/** Faults of real processes, at moments that a seed decides. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startEmbeddedTemporal } from '../../src/embedded/temporal.ts';
import type { EmbeddedTemporal } from '../../src/embedded/temporal.ts';
import type { Hookloom, HookloomProcess } from './hookloom.ts';
import { createRandom } from './random.ts';
import type { ReplicaSet } from './replica-set.ts';

/** A Temporal server of the test's own, which may be killed. */
export interface MortalTemporal {
  address: string;
  /** Ends it at once, and starts it again with the data it had. */
  killAndRestart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a Temporal server in a folder of its own. */
export async function startMortalTemporal(): Promise<MortalTemporal> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hookloom-temporal-'));
  const cacheDir = join(process.cwd(), '.hookloom', 'cache');
  const start = (port: number): Promise<EmbeddedTemporal> =>
    startEmbeddedTemporal({ dataDir, port, uiPort: 0, namespace: 'default', cacheDir, log: () => {} });
  let server = await start(0);
  const { address } = server;
  return {
    address,
    async killAndRestart() {
      process.kill(server.pid, 'SIGKILL');
      await server.stop();
      server = await start(Number(new URL(`http://${address}`).port));
    },
    async stop() {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A process that is replaced when it was killed. */
export class Replaceable<Process extends HookloomProcess> {
  readonly #start: () => Promise<Process>;
  #now: Promise<Process>;

  constructor(start: () => Promise<Process>) {
    this.#start = start;
    this.#now = this.#keepStarting();
  }

  /** The living process, once it is ready. */
  now(): Promise<Process> {
    return this.#now;
  }

  async kill(): Promise<void> {
    await (await this.#now).kill();
    this.#now = this.#keepStarting();
    await this.#now;
  }

  /** A process that finds no database at its start ends, and is started again: so do supervisors. */
  async #keepStarting(): Promise<Process> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#start();
      } catch (error) {
        if (tries === 10) throw error;
        await delay(500);
      }
    }
  }
}

/** What a storm is made of. */
export interface Victims {
  apis: Replaceable<Awaited<ReturnType<Hookloom['startApi']>>>[];
  workers: Replaceable<HookloomProcess>[];
  set: ReplicaSet;
  temporal: MortalTemporal;
}

type Fault = (victims: Victims, pick: <Item>(items: readonly Item[]) => Item) => Promise<void>;

/** Each ends when what it has hit works again. */
const faults: Record<string, Fault> = {
  'kill a worker': ({ workers }, pick) => pick(workers).kill(),
  'freeze a worker': async ({ workers }, pick) => {
    const { child } = await pick(workers).now();
    child.kill('SIGSTOP');
    await delay(2_500);
    child.kill('SIGCONT');
  },
  'kill an API': ({ apis }, pick) => pick(apis).kill(),
  'kill the primary': async ({ set }) => {
    const primary = await set.primary();
    primary.signal('SIGKILL');
    await delay(500);
    await primary.restart();
  },
  'freeze the primary': async ({ set }) => {
    const primary = await set.primary();
    primary.signal('SIGSTOP');
    await delay(2_500);
    primary.signal('SIGCONT');
  },
  'step the primary down': ({ set }) => set.stepDown(),
  'kill Temporal': ({ temporal }) => temporal.killAndRestart(),
};

/** What a storm did. */
export interface Storm {
  /** Names of the faults, in order. */
  log: string[];
  /** Ends it; answers when everything that was hit works again. */
  calm(): Promise<void>;
}

/** Begins a storm: a fault every two seconds, each kind in turn in an order that the seed decides. */
export function startStorm(victims: Victims, seed: number, everyMs = 2_000): Storm {
  const random = createRandom(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const log: string[] = [];
  const underWay = new Map<string, Promise<void>>();
  let bag: string[] = [];
  let failure: unknown;

  function next(): void {
    if (bag.length === 0) bag = Object.keys(faults).sort(() => random() - 0.5);
    // One fault of a kind at a time: what was hit must have come back before it is hit again.
    const name = bag.find((one) => !underWay.has(one));
    if (name === undefined) return;
    bag = bag.filter((one) => one !== name);
    log.push(name);
    const done = (faults[name] as Fault)(victims, pick)
      .catch((error: unknown) => (failure ??= error))
      .then(() => void underWay.delete(name));
    underWay.set(name, done);
  }

  const timer = setInterval(next, everyMs);
  return {
    log,
    async calm() {
      clearInterval(timer);
      await Promise.all(underWay.values());
      if (failure) throw failure;
    },
  };
}
