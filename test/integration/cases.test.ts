import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { caseFileSchema } from '../engine/case.schema.ts';
import type { Case } from '../engine/case.schema.ts';
import { startHookloom } from '../support/hookloom.ts';
import { checkAllReplay } from '../support/replay.ts';
import { inParallel, runCase } from '../support/run-case.ts';
import type { CaseStage } from '../support/run-case.ts';
import { startScriptedStub } from '../support/scripted-stub.ts';

/** Somebody's own cases can stand elsewhere. */
const folder = process.env['HOOKLOOM_CASES'] ?? 'test/engine/cases';

const files = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .sort()
  .map((file) => {
    const parsed = caseFileSchema.safeParse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
    if (!parsed.success) throw new Error(`${file}: ${parsed.error.message}`);
    return parsed.data;
  });
const cases = files.flatMap(({ cases: list }) => list);
const atOnce = 12;

describe('the case table', function () {
  this.timeout(300_000);
  let stage: CaseStage;
  const results = new Map<Case, Promise<void>>();

  before(async () => {
    const stub = await startScriptedStub();
    stage = { stub, hookloom: await startHookloom({ HOOKLOOM_EGRESS_ALLOW: stub.host }) };
    const running = inParallel(cases, atOnce, (one) => runCase(stage, one));
    for (const [index, one] of cases.entries()) {
      const result = running[index] as Promise<void>;
      // Looked at in its own test.
      result.catch(() => undefined);
      results.set(one, result);
    }
  });
  after(async () => {
    await stage?.hookloom.stop();
    await stage?.stub.stop();
  });

  for (const { about, cases: list } of files) {
    describe(about, () => {
      for (const one of list) it(one.name, () => results.get(one));
    });
  }

  it('replays from the histories of all its runs', async () => {
    await Promise.allSettled(results.values());
    await checkAllReplay(stage.hookloom);
  });
});
