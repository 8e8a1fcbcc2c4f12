import { Agent, request } from 'node:http';
import { startHookloom } from '../test/support/hookloom.ts';
import type { Hookloom } from '../test/support/hookloom.ts';
import { quantile } from './bench.ts';
import type { Bench } from './bench.ts';

const rounds = 600;
const definition = { nodes: { root: { type: 'webhook' } } };

/** URLs that open nothing, by what it is that is missing. */
async function makeUrls(hookloom: Hookloom): Promise<Record<string, string>> {
  const webhook = { verification: { type: 'bearer', token: 'a-token' } };
  const [paused, archived] = [
    await hookloom.publish(definition, { webhook }),
    await hookloom.publish(definition, { webhook }),
  ];
  const draft = await hookloom.call('POST', '/v1/workflows', { name: 'draft', definition });
  await hookloom.call('POST', `/v1/workflows/${paused.id}/pause`, {});
  await hookloom.call('DELETE', `/v1/workflows/${archived.id}`);
  return {
    unknown: `${hookloom.url}/v1/webhooks/${'x'.repeat(43)}`,
    paused: paused.webhookUrl,
    unpublished: draft.body.webhook.url,
    archived: archived.webhookUrl,
  };
}

async function time(agent: Agent, url: string): Promise<number> {
  const from = performance.now();
  await new Promise<void>((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent }, (answer) => answer.resume().on('end', resolve));
    sent.on('error', reject).end('{}');
  });
  return performance.now() - from;
}

/** All are asked in turn, so that whatever else the machine does hits them alike. */
export const bench: Bench = {
  question: `answers of URLs that open nothing: is it the time that tells them apart? ${rounds} rounds`,
  async run() {
    const hookloom = await startHookloom({}, { worker: false });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    try {
      const urls = Object.entries(await makeUrls(hookloom));
      const samples = new Map(urls.map(([name]) => [name, [] as number[]]));
      for (let round = 0; round < rounds; round += 1)
        for (const [name, url] of urls) samples.get(name)?.push(await time(agent, url));
      const medians = [...samples].map(([name, own]) => [name, quantile(own, 0.5)] as const);
      const [, unknown] = medians[0] ?? ['', Number.NaN];
      return medians.flatMap(([name, value]) => [
        { what: `${name}, p50`, value, unit: 'ms' as const },
        { what: `${name} against unknown`, value: value / unknown, unit: '×' as const, target: '0.9–1.1' },
      ]);
    } finally {
      agent.destroy();
      await hookloom.stop();
    }
  },
};
