/** Root hooks of every test: a failure shows the failed runs of what is running, and the ends of the processes' logs. */
import { live } from './live-deployments.ts';

export const mochaHooks = {
  async afterEach(this: Mocha.Context): Promise<void> {
    const { err, state } = this.currentTest ?? {};
    if (state !== 'failed' || !(err instanceof Error) || live.size === 0) return;
    const states = await Promise.all([...live].map((describe) => describe().catch(String)));
    const told = `\n${states.join('\n').replaceAll(/^/gm, '      | ')}`;
    err.message += told;
    if (err.stack) err.stack += told;
  },
};
