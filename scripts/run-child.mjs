/** Runs a program of ours so that every signal reaches it exactly once, whatever started this process. */
import { spawn } from 'node:child_process';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const watchMs = 500;

/**
 * Runs `node` with these arguments and answers its exit code. The child has a session of its own, so that a Ctrl-C in the
 * terminal does not reach it beside the one that is passed on here; it hears of this process's end by its closed channel.
 * `onMessage` gets what it sends.
 */
export function runNode(args, { env = {}, onMessage, onStart } = {}) {
  const child = spawn(process.execPath, args, {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ...env },
    detached: process.platform !== 'win32',
  });
  onStart?.(child);
  if (onMessage) child.on('message', onMessage);
  const forward = (signal) => child.kill(signal);
  for (const signal of signals) process.on(signal, forward);
  const watch = watchParent(() => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      for (const signal of signals) process.off(signal, forward);
      clearInterval(watch);
      resolve(code ?? 1);
    });
  });
}

/** npm 11 ends on SIGTERM without passing it on: its scripts find themselves with another parent. */
export function watchParent(onLoss) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onLoss();
  }, watchMs);
  timer.unref();
  return timer;
}
