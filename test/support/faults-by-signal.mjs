/**
 * Loaded first by a process that is to lose a part of itself: SIGUSR2 takes away what `HOOKLOOM_TEST_FAULT` names. Plain
 * JavaScript: threads load it too, and only the main one obeys.
 */
import process from 'node:process';
import { isMainThread } from 'node:worker_threads';

const faults = {
  /** An error that nothing catches. */
  error: () => {
    throw new Error('an error on purpose');
  },
  /** A rejection that nothing handles. */
  rejection: () => void Promise.reject(new Error('a rejection on purpose')),
  /** A Worker that stops, though nobody has asked for it. */
  'runs Worker': () => workerOf(/-runs$/).shutdown(),
  'hooks Worker': () => workerOf(/-hooks$/).shutdown(),
};

const made = [];
const workerOf = (queue) => made.find(({ options }) => queue.test(options.taskQueue));

if (isMainThread) {
  const fault = process.env.HOOKLOOM_TEST_FAULT ?? '';
  if (/Worker$/.test(fault)) {
    const { Worker } = await import('@temporalio/worker');
    const create = Worker.create.bind(Worker);
    Worker.create = async (options) => {
      const worker = await create(options);
      made.push(worker);
      return worker;
    };
  }
  process.on('SIGUSR2', () => faults[fault]());
}
