/** Executes docs/tutorial.md from its own text: writes its files, runs its commands, and compares what they print. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';

const execute = promisify(execFile);

interface Block {
  kind: string;
  text: string;
}

async function blocks(): Promise<Block[]> {
  const page = await readFile('docs/tutorial.md', 'utf8');
  return [...page.matchAll(/^```([^\n]+)\n([\s\S]*?)^```$/gm)].map(([, kind = '', text = '']) => ({
    kind,
    text,
  }));
}

/** `…` stands for anything, as a line of its own for any lines. */
function patternOf(expected: string): RegExp {
  const lines = expected.trimEnd().split('\n');
  const parts = lines.map((line) =>
    line === '…'
      ? '(?:.*\n)*?'
      : `${line.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&').replaceAll('…', '.*')}\\s*\n`,
  );
  return new RegExp(`^${parts.join('')}`, 'm');
}

describe('the tutorial', function () {
  this.timeout(240_000);
  let hookloom: Hookloom;
  let folder: string;

  before(async () => {
    hookloom = await startHookloom();
    folder = await mkdtemp(join(tmpdir(), 'hookloom-tutorial-'));
    const command = `#!/bin/sh\nexec "${process.execPath}" "${resolve('dist/cli/main.js')}" "$@"\n`;
    await writeFile(join(folder, 'hookloom'), command);
    await chmod(join(folder, 'hookloom'), 0o755);
  });
  after(async () => {
    await hookloom?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('does what it says', async () => {
    const env = {
      PATH: `${folder}:${process.env['PATH']}`,
      HOME: folder,
      XDG_CONFIG_HOME: folder,
      HOOKLOOM_URL: hookloom.url,
      HOOKLOOM_API_KEY: hookloom.key,
    };
    let printed = '';
    const known: Record<string, string> = {};
    let commands = 0;
    for (const { kind, text } of await blocks()) {
      if (kind === 'yaml')
        await writeFile(join(folder, /^# (\S+)/.exec(text)?.[1] ?? assert.fail(text)), text);
      if (kind === 'text') assert.match(`${printed}\n`, patternOf(text));
      if (kind !== 'sh') continue;
      const script = text.replaceAll(/<(\w+)>/g, (_, name: string) => known[name] ?? assert.fail(name));
      const { stdout } = await execute('sh', ['-ec', `exec 2>&1\n${script}`], { cwd: folder, env });
      printed = stdout;
      commands += 1;
      known['webhook'] = /webhook {2}(http\S+)/.exec(printed)?.[1] ?? known['webhook'] ?? '';
      known['run'] = /^(run_\S+) {2}waiting/m.exec(printed)?.[1] ?? known['run'] ?? '';
    }
    assert.ok(commands >= 9, `${commands} commands`);
  });
});
