/** Starts a sandbox thread from sources: a thread does not inherit the loader of TypeScript. */
import { register } from 'tsx/esm/api';

register();
await import('./sandbox-thread.ts');
