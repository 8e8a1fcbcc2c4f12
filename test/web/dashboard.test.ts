import type { Browser } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';
import type { Dashboard } from './dashboard.ts';
import { activityTests } from './pages/activity.ts';
import { approvalTests } from './pages/approvals.ts';
import { groundTests } from './pages/ground.ts';
import { homeTests } from './pages/home.ts';
import { hookTests, startFailingReceiver } from './pages/hooks.ts';
import type { FailingReceiver } from './pages/hooks.ts';
import { incomingTests } from './pages/incoming.ts';
import { referenceTests } from './pages/reference.ts';
import { runTests } from './pages/run.ts';
import { settingsTests } from './pages/settings.ts';
import { workflowTests } from './pages/workflow.ts';
import { workflowsTests } from './pages/workflows.ts';

describe('the dashboard', function () {
  this.timeout(60_000);
  const dashboard = {} as Dashboard & { receiver: FailingReceiver };
  let hookloom: Hookloom | undefined;
  let browser: Browser | undefined;

  before(async function () {
    this.timeout(240_000);
    const receiver = await startFailingReceiver();
    Object.assign(dashboard, { receiver });
    const env = { HOOKLOOM_EGRESS_ALLOW: receiver.host };
    [hookloom, browser] = await Promise.all([startHookloom(env), launchBrowser()]);
    Object.assign(dashboard, { hookloom, browser });
  });

  after(async () => {
    await browser?.close();
    await hookloom?.stop();
    await dashboard.receiver?.stop();
  });

  groundTests(dashboard);
  homeTests(dashboard);
  workflowsTests(dashboard);
  workflowTests(dashboard);
  runTests(dashboard);
  incomingTests(dashboard);
  hookTests(dashboard);
  activityTests(dashboard);
  referenceTests(dashboard);
  approvalTests(dashboard);
  settingsTests(dashboard);
});
