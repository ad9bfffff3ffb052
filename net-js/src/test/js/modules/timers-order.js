const assert = require('assert');

const log = [];
const note = (what) => () => log.push(what);
const busyUntil = (millis) => {
  const end = performance.now() + millis;
  while (performance.now() < end) {
    // until the timers are due
  }
};

// Timers that are due come before immediates, those of a list in their order, and ticks and promises after each.
setTimeout(note('t1'), 1);
setTimeout(() => {
  log.push('t2');
  process.nextTick(note('tick'));
  Promise.resolve().then(note('promise'));
  setImmediate(note('i of t2'));
  setTimeout(note('t of t2'), 0);
}, 1);
setTimeout(note('t3'), 1);
setImmediate(() => {
  log.push('i1');
  process.nextTick(note('tick of i1'));
  Promise.resolve().then(note('promise of i1'));
  setImmediate(note('i of i1'));
  clearImmediate(cleared);
});
setImmediate(note('i2'));
const cleared = setImmediate(note('cleared'));
busyUntil(10);

// Those of one batch are not parted by timers that come due meanwhile.
setImmediate(() => {
  setTimeout(note('between'), 1);
  setImmediate(() => {
    busyUntil(5);
    log.push('b1');
  });
  setImmediate(() => {
    log.push('b2');
    failures();
  });
});

// One that throws stops no other.
function failures() {
  setTimeout(() => {
    throw new Error('thrown by a timer');
  }, 1);
  setTimeout(() => {
    log.push('behind it');
    setImmediate(() => {
      throw new Error('thrown by an immediate');
    });
    setImmediate(note('behind that'));
  }, 1);
}
process.on('uncaughtException', (error) => log.push(error.message));

process.on('exit', () => {
  process.removeAllListeners('uncaughtException');
  const early = log.filter((what) => !/^(between|b\d|t of t2|i of i1)$/.test(what));
  assert.deepStrictEqual(early, [
    ...['t1', 't2', 'tick', 'promise', 't3', 'i1', 'tick of i1', 'promise of i1', 'i2', 'i of t2'],
    ...['thrown by a timer', 'behind it', 'thrown by an immediate', 'behind that'],
  ]);
  assert.strictEqual(log.indexOf('b2'), log.indexOf('b1') + 1);
  assert.ok(log.includes('between') && log.includes('t of t2'));
});
