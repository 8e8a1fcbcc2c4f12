import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';

const run = promisify(execFile);

/** The shell commands of the README, in order. */
async function readmeCommands(): Promise<string[]> {
  const blocks = (await readFile('README.md', 'utf8')).matchAll(/```sh\n([\s\S]*?)```/g);
  return [...blocks].map((block) => (block[1] ?? '').trim());
}

describe('the five minutes of the README', function () {
  this.timeout(240_000);
  let dataDir: string;
  let hookloom: ChildProcess;
  let output = '';
  let env: NodeJS.ProcessEnv;

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'hookloom-readme-'));
    await mkdir(resolve('.hookloom/cache'), { recursive: true });
    await symlink(resolve('.hookloom/cache'), join(dataDir, 'cache'));
    const { PATH, HOME } = process.env;
    env = {
      PATH,
      HOME,
      HOOKLOOM_DATA_DIR: dataDir,
      PORT: String(await freePort()),
      EMBEDDED_TEMPORAL_PORT: '0',
      EMBEDDED_TEMPORAL_UI_PORT: '0',
      EMBEDDED_MONGODB_PORT: '0',
    };
  });

  after(async () => {
    hookloom?.kill('SIGTERM');
    await rm(dataDir, { recursive: true, force: true });
  });

  const shell = (command: string) => run('sh', ['-c', command], { env, timeout: 60_000 });

  it('go from npm start to a verified hook', async () => {
    const [start = '', post = '', follow = '', demo = ''] = await readmeCommands();
    assert.equal(start, 'npm start');
    hookloom = spawn('npm', ['start'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [hookloom.stdout, hookloom.stderr])
      stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await eventually(() => assert.match(output, /npm run demo/), 120_000);

    const [, url = ''] = /curl -i (\S+)/.exec(output) ?? [];
    const [, key = ''] = /API key\s+(hl_\S+)/.exec(output) ?? [];
    const { origin, pathname } = new URL(url);
    const secret = pathname.split('/').at(-1) ?? '';
    const local = (command: string) =>
      command.replaceAll('http://localhost:3000', origin).replace('<secret>', secret);
    const accepted = (await shell(local(post))).stdout;
    assert.match(accepted, /^HTTP\/1\.1 202/);
    const [, runId = ''] = /"runIds":\["(run_[a-z2-7]+)"\]/.exec(accepted) ?? [];

    const stream = (await shell(local(follow).replace('<runId>', runId).replace('<API key>', key))).stdout;
    assert.match(stream, /event: run\.queued/);
    assert.match(stream, /event: run\.succeeded/);
    assert.match(stream, /event: end/);

    assert.equal(demo, 'npm run demo');
    const shown = (await shell(demo)).stdout;
    assert.match(shown, /run\.succeeded/);
    assert.match(shown.trim(), /signature verified$/);
  });

  it('end with nothing left when npm is stopped', async () => {
    /^(\d+)/.exec(await readFile(join(dataDir, 'mongodb', 'mongod.pid'), 'utf8').catch(() => '')) ?? [];
    hookloom.kill('SIGTERM');
    await eventually(() => assert.match(output, /stopping/), 20_000);
    const isGone = () =>
      run('sh', ['-c', `! ps -eo args | grep -v grep | grep -q '${dataDir}/mongodb'`]).then(() => true);
    await eventually(isGone, 30_000);
  });
});
