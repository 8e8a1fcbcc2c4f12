import type { Browser } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';
import type { Dashboard } from './dashboard.ts';
import { groundTests } from './pages/ground.ts';
import { runTests } from './pages/run.ts';

describe('the dashboard', function () {
  this.timeout(60_000);
  const dashboard = {} as Dashboard;
  let hookloom: Hookloom | undefined;
  let browser: Browser | undefined;

  before(async function () {
    this.timeout(240_000);
    [hookloom, browser] = await Promise.all([startHookloom(), launchBrowser()]);
    Object.assign(dashboard, { hookloom, browser });
  });

  after(async () => {
    await browser?.close();
    await hookloom?.stop();
  });

  groundTests(dashboard);
  runTests(dashboard);
});
