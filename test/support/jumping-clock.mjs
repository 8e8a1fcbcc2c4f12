/**
 * Loaded first by a process whose clock is to jump: each SIGUSR2 sets its wall clock to the next of these differences, the
 * first one after the last, as a wrong time server or an operator would. What is monotonic goes on. Plain JavaScript: threads load it too.
 */
import process from 'node:process';

const day = 24 * 60 * 60 * 1000;
const differences = [40 * day, -3 * 60 * 60 * 1000, 0];

const RealDate = Date;
let ahead = 0;
let jumps = 0;
process.on('SIGUSR2', () => {
  ahead = differences[jumps % differences.length] ?? 0;
  jumps += 1;
  process.stderr.write(`the clock is ${ahead} ms ahead\n`);
});

globalThis.Date = class JumpingDate extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + ahead);
    else super(...given);
  }

  static now() {
    return RealDate.now() + ahead;
  }
};
