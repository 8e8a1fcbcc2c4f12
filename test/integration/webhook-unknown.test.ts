import assert from 'node:assert/strict';
import { request } from 'node:http';
import { MongoClient } from 'mongodb';
import type { CommandStartedEvent } from 'mongodb';
import { findTarget } from '../../src/api/incoming/target.ts';
import { createWebhookFinder } from '../../src/store/workflows/find-webhook.ts';
import { createSealer } from '../../src/store/access/seal.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';

describe('a webhook URL that opens nothing', function () {
  this.timeout(120_000);
  let hookloom: Hookloom;
  const urls: Record<string, string> = {};

  before(async () => {
    hookloom = await startHookloom({}, { worker: false });
    const publish = () =>
      hookloom.publish(
        { nodes: { root: { type: 'webhook' } } },
        {
          webhook: {
            verification: { type: 'bearer', token: 'a-token' },
            methods: ['PUT'],
            whenPaused: 'reject',
          },
        },
      );
    const [paused, archived, rotated] = [await publish(), await publish(), await publish()];
    const draft = await hookloom.call('POST', '/v1/workflows', {
      name: 'never published',
      definition: { nodes: { root: { type: 'webhook' } } },
    });
    await hookloom.call('POST', `/v1/workflows/${paused.id}/pause`, {});
    await hookloom.call('DELETE', `/v1/workflows/${archived.id}`);
    await hookloom.call('POST', `/v1/workflows/${rotated.id}/webhook/rotate`, { overlapSeconds: 0 });
    Object.assign(urls, {
      unknown: `${hookloom.url}/v1/webhooks/${'x'.repeat(43)}`,
      paused: paused.webhookUrl,
      unpublished: draft.body.webhook.url,
      archived: archived.webhookUrl,
      'rotated out': rotated.webhookUrl,
    });
  });
  after(() => hookloom?.stop());

  /** The answer byte for byte, but for what names this one request. */
  const ask = (url: string, method: string, body: string) =>
    new Promise<string>((resolve, reject) => {
      const headers = { 'content-type': 'application/json', authorization: 'Bearer wrong' };
      const sent = request(url, { method, headers, agent: false }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          const text = `${answer.statusCode}\n${answer.rawHeaders.join('\n')}\n${Buffer.concat(chunks)}`;
          resolve(text.replaceAll(/req_\w+/g, 'req_…').replace(/\nDate\n[^\n]*/, '\nDate\n…'));
        });
      });
      sent.on('error', reject).end(body);
    });

  it('is answered in the same bytes, whatever it is that is missing', async () => {
    const bodies = ['{"n":1}', '', '{"broken":', 'x'.repeat(100_000)];
    for (const method of ['POST', 'PUT', 'GET', 'HEAD', 'OPTIONS', 'DELETE']) {
      for (const body of ['POST', 'PUT'].includes(method) ? bodies : ['']) {
        const answers = await Promise.all(Object.values(urls).map((url) => ask(url, method, body)));
        assert.match(answers[0] ?? '', /^404\n/);
        assert.equal(new Set(answers).size, 1, `${method}: ${[...new Set(answers)].join('\n---\n')}`);
      }
    }
    assert.equal(await hookloom.db.collection('webhookEvents').countDocuments(), 0);
  });

  it('costs the same steps, whatever it is that is missing', async () => {
    const client = new MongoClient(hookloom.env['MONGODB_URL'] ?? '', { monitorCommands: true });
    const sealer = createSealer(hookloom.env['HOOKLOOM_MASTER_KEY'] ?? '');
    let opened = 0;
    const watched = {
      ...sealer,
      open: (sealed: string) => {
        opened += 1;
        return sealer.open(sealed);
      },
    };
    const findWebhook = createWebhookFinder(client.db(hookloom.env['MONGODB_DB']));
    const deps = { findWebhook, sealer: watched };
    const steps = async (url: string) => {
      const secret = url.split('/').at(-1) ?? '';
      const commands: string[] = [];
      const note = ({ command }: CommandStartedEvent) => {
        const { aggregate, pipeline } = command;
        commands.push(JSON.stringify([aggregate, pipeline]).replaceAll(/[0-9a-f]{64}/g, 'hash'));
      };
      client.on('commandStarted', note);
      opened = 0;
      await assert.rejects(findTarget(deps as never, secret), { code: 'not-found' });
      client.off('commandStarted', note);
      return { commands, opened };
    };
    try {
      await client.connect();
      const first = await steps(urls['unknown'] ?? '');
      assert.equal(first.commands.length, 1);
      for (const url of Object.values(urls)) assert.deepEqual(await steps(url), first);
    } finally {
      await client.close();
    }
  });
});
