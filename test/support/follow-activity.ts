import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { readStream } from '../../src/dev/read-stream.ts';

/** A reader of everything that happens in an organization. */
export interface ActivityReader {
  /** Ids of the events, as they came. */
  ids: string[];
  /** Holds once the first stream is open. */
  opened: Promise<void>;
  /** Ends it. @throws AssertionError when a stream said that events are missing */
  stop(): Promise<void>;
}

/** Reads the activity stream, coming back with its cursor whenever a stream breaks. `urlOf` says where the n-th try goes. */
export function followActivity(key: string, urlOf: (tries: number) => Promise<string>): ActivityReader {
  const control = new AbortController();
  const ids: string[] = [];
  const headers: Record<string, string> = { authorization: `Bearer ${key}` };
  let tellOpened = () => {};
  const opened = new Promise<void>((resolve) => (tellOpened = resolve));

  async function readOnce(url: string): Promise<void> {
    const response = await fetch(`${url}/v1/activity/stream`, { headers, signal: control.signal });
    if (response.status !== 200) throw new Error(`status ${response.status}`);
    tellOpened();
    for await (const frame of readStream(response)) {
      assert.notEqual(frame.event, 'reset');
      if (frame.id === undefined) continue;
      headers['last-event-id'] = frame.id;
      ids.push((JSON.parse(frame.data) as { id: string }).id);
    }
  }

  async function keepReading(): Promise<void> {
    for (let tries = 0; !control.signal.aborted; tries += 1) {
      try {
        await readOnce(await urlOf(tries));
      } catch (error) {
        if (error instanceof assert.AssertionError) throw error;
        await delay(200);
      }
    }
  }

  const done = keepReading();
  done.catch(() => undefined);
  return {
    ids,
    opened,
    async stop() {
      control.abort();
      await done;
    },
  };
}
