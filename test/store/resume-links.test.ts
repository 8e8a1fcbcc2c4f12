import assert from 'node:assert/strict';
import { createResumeLinks } from '../../src/store/waits/resume-links.ts';

const keyOf = (byte: number) => Buffer.alloc(32, byte).toString('base64');
const tokenIn = (url: string) => url.slice(url.lastIndexOf('/') + 1);

describe('a resume token', () => {
  const links = createResumeLinks(keyOf(1), 'https://h.example');
  const wait = { runId: 'run_a', path: 'each[3]/ask' };

  it('names its wait, the same every time', () => {
    const url = links.urlOf(wait);
    assert.equal(url, links.urlOf({ ...wait }));
    assert.match(url, /^https:\/\/h\.example\/v1\/resume\/[\w-]+\.[\w-]{43}$/);
    assert.deepEqual(links.read(tokenIn(url)), wait);
  });

  it('is nothing when a character is another, under another key, or for another wait', () => {
    const token = tokenIn(links.urlOf(wait));
    for (let at = 0; at < token.length - 1; at += 1) {
      const other = token[at] === 'A' ? 'B' : 'A';
      assert.equal(links.read(token.slice(0, at) + other + token.slice(at + 1)), undefined, String(at));
    }
    assert.equal(createResumeLinks(keyOf(2), '').read(token), undefined);
    const [, signature] = token.split('.');
    const [claim] = tokenIn(links.urlOf({ ...wait, path: 'each[4]/ask' })).split('.');
    assert.equal(links.read(`${claim}.${signature}`), undefined);
    for (const bad of ['', '.', 'x', `${token}.x`, '%00']) assert.equal(links.read(bad), undefined);
  });
});
