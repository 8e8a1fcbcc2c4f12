import type { NodeCode } from '../node-code.ts';

/** Opens a loop that goes on while its condition holds; the condition is checked before each pass. */
export const runRepeat: NodeCode = () => ({ loop: { maxConcurrency: 1, toleratedFailures: 0 } });
