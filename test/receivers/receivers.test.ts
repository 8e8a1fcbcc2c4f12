/** The receivers of docs/verify-hooks.md, run as they stand there, against hooks as Hookloom signs them. */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { runCommand } from '../../src/embedded/run-command.ts';
import { createSigningKey, createSigningSecret, signHook } from '../../src/outbound/signing/sign-hook.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { installPython, verifierPackages } from '../support/install-python.ts';
import vectors from '../outbound/signature-vectors.json' with { type: 'json' };

const execute = promisify(execFile);
const commandMs = 300_000;
const page = 'docs/verify-hooks.md';
const compiler = resolve('node_modules/typescript/bin/tsc');

/** The code blocks of the page by the file name in their first line. */
async function readBlocks(): Promise<Map<string, string>> {
  const text = await readFile(page, 'utf8');
  const blocks = text.matchAll(/^```\w+\n(?:\/\/|#) (\S+\.\w+)\n(.*?)^```$/gms);
  return new Map([...blocks].map(([, name = '', code = '']) => [name, code]));
}

/** Builds the package as it is published, with nothing beside it but what receivers themselves use. */
async function buildPackage(folder: string): Promise<void> {
  const target = join(folder, 'node_modules/hookloom');
  await mkdir(target, { recursive: true });
  await runCommand(
    process.execPath,
    [compiler, '-p', 'tsconfig.build.json', '--outDir', join(target, 'dist')],
    commandMs,
  );
  await cp('package.json', join(target, 'package.json'));
  for (const name of ['express', 'koa', 'fastify'])
    await symlink(resolve('node_modules', name), join(folder, 'node_modules', name));
}

const program: Record<string, (file: string) => [command: string, ...args: string[]]> = {
  mjs: (file) => [process.execPath, file],
  py: (file) => ['python3', file],
  go: (file) => ['go', 'run', file],
};

describe('the receivers of the docs', function () {
  this.timeout(commandMs);
  let folder: string;
  let blocks: Map<string, string>;
  let python: string;
  const running: ChildProcess[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hookloom-receivers-'));
    blocks = await readBlocks();
    for (const [name, code] of blocks) await writeFile(join(folder, name), code);
    [python] = await Promise.all([
      installPython(join(folder, 'python'), verifierPackages),
      buildPackage(folder),
    ]);
  });
  after(async () => {
    // A group of its own each: `go run` has a child.
    for (const { pid, exitCode, signalCode } of running)
      if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, 'SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  async function start(name: string, secrets: readonly string[]) {
    const [command, ...args] =
      program[name.split('.').at(-1) ?? '']?.(join(folder, name)) ?? assert.fail(name);
    const port = await freePort();
    const { PATH = '', HOME = '' } = process.env;
    const env = {
      PATH,
      HOME,
      PORT: String(port),
      HOOK_SECRETS: secrets.join(' '),
      PYTHONPATH: python,
      GOTOOLCHAIN: 'local',
    };
    const child = spawn(command, args, { env, cwd: folder, detached: true });
    running.push(child);
    let output = '';
    let ended = '';
    let errors = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (errors += chunk));
    child.once('error', (error) => (ended = `${command} cannot be run: ${error.message}`));
    child.once('exit', (code) => (ended = `it ended with ${code}`));
    const send = async (body: string, headers: Record<string, string>) => {
      const response = await fetch(`http://127.0.0.1:${port}/hooks`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      });
      return response.status;
    };
    await eventually(async () => {
      if (ended) return true;
      return (await send('{}', {})) > 0;
    }, 120_000);
    assert.equal(ended, '', errors);
    return { send, output: () => output, errors: () => errors };
  }

  it('are five', () => {
    const names = ['express.mjs', 'koa.mjs', 'fastify.mjs', 'receiver.py', 'receiver.go'];
    assert.deepEqual([...blocks.keys()], names);
  });

  for (const name of ['express.mjs', 'koa.mjs', 'fastify.mjs', 'receiver.py', 'receiver.go']) {
    it(`${name} takes what is signed by a live secret or key, once, and nothing else`, async () => {
      const [old, fresh, foreign] = [createSigningSecret(), createSigningSecret(), createSigningSecret()];
      const { privateKey, publicKey } = createSigningKey();
      const { send, output, errors } = await start(name, [old, fresh, publicKey]);
      const now = Math.floor(Date.now() / 1000);
      const hook = (id: string, more: object) => {
        const body = JSON.stringify({ id, type: `test.${id}`, data: { text: 'grüße 🎉' } });
        return { body, headers: signHook({ id, timestampSeconds: now, body, secrets: [], ...more }) };
      };
      const taken = [
        hook('old', { secrets: [old] }),
        hook('both', { secrets: [foreign, fresh] }),
        hook('key', { secrets: [foreign], privateKeys: [privateKey] }),
      ];
      for (const { body, headers } of [...taken, ...taken])
        assert.equal(await send(body, headers), 204, errors());
      const refused = [
        hook('foreign', { secrets: [foreign] }),
        hook('foreign', { privateKeys: [createSigningKey().privateKey] }),
        hook('stale', { secrets: [old], timestampSeconds: now - 3600 }),
        hook('early', { privateKeys: [privateKey], timestampSeconds: now + 3600 }),
      ];
      for (const { body, headers } of refused) assert.equal(await send(body, headers), 400, errors());
      assert.equal(await send(taken[0]!.body.replace('old', 'new'), taken[0]!.headers), 400);
      assert.equal(await send(taken[2]!.body.replace('key', 'new'), taken[2]!.headers), 400);
      assert.deepEqual(output().trim().split('\n'), ['test.old', 'test.both', 'test.key']);
    });
  }

  it('have types: the event’s type tells its members', async () => {
    const types = join(folder, 'types');
    await mkdir(join(types, 'node_modules'), { recursive: true });
    await cp(join(folder, 'node_modules/hookloom'), join(types, 'node_modules/hookloom'), {
      recursive: true,
    });
    for (const name of ['zod', '@types', 'undici-types'])
      await symlink(resolve('node_modules', name), join(types, 'node_modules', name));
    const code = `import { verifyHook } from 'hookloom/verify';
      const event = verifyHook({ payload: '', headers: {}, secrets: '' });
      if (event.type === 'run.failed') {
        event.data.error?.type.concat(event.data.sequence.toFixed());
        // @ts-expect-error a failed run has no node
        event.data.nodeId;
      }`;
    await writeFile(join(types, 'receiver.mts'), code);
    const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--types', 'node'];
    await execute(process.execPath, [compiler, ...options, 'receiver.mts'], { cwd: types }).catch(
      (error: { stdout: string }) => assert.fail(error.stdout),
    );
  });

  it('agree with the reference implementation in Python, which gives the same known answers', async () => {
    const secret = createSigningSecret();
    const body = JSON.stringify({ text: 'grüße 🎉' });
    const headers = signHook({
      id: 'evt_1',
      timestampSeconds: Math.floor(Date.now() / 1000),
      body,
      secrets: [createSigningSecret(), secret],
      privateKeys: [createSigningKey().privateKey],
    });
    const script = `
import base64, datetime, json, sys
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from standardwebhooks.webhooks import Webhook
given = json.loads(sys.argv[1])
def sign(vector):
    if vector["key"].startswith("whsec_"):
        at = datetime.datetime.fromtimestamp(vector["timestamp"], datetime.timezone.utc)
        return Webhook(vector["key"]).sign(vector["id"], at, vector["body"])
    key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(vector["key"].removeprefix("whsk_")))
    content = f'{vector["id"]}.{vector["timestamp"]}.{vector["body"]}'.encode()
    return "v1a," + base64.b64encode(key.sign(content)).decode()
# The reference knows v1 alone, and splits what it does not know.
event = Webhook(given["secret"]).verify(given["body"], given["headers"])
print(json.dumps({"event": event, "signatures": [sign(vector) for vector in given["vectors"]]}))`;
    const given = JSON.stringify({ secret, body, headers, vectors });
    const env = { ...process.env, PYTHONPATH: python };
    const { stdout } = await execute('python3', ['-c', script, given], { env });
    const { event, signatures } = JSON.parse(stdout);
    assert.deepEqual(event, JSON.parse(body));
    assert.deepEqual(
      signatures,
      vectors.map(({ signature }) => signature),
    );
  });
});
