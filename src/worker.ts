/** The worker's entry. */
import { runWorker } from './processes/worker.ts';

runWorker().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
