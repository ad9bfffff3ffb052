const assert = require('assert');
const hooks = require('perf_hooks');
const { mustCall } = require('../common');

assert.strictEqual(hooks.performance, performance);
const start = performance.now();
assert.ok(start > 0 && performance.now() >= start);
assert.ok(Math.abs(performance.timeOrigin + performance.now() - Date.now()) < 1000);

const observer = new hooks.PerformanceObserver(
  mustCall((list, self) => {
    assert.strictEqual(self, observer);
    assert.deepStrictEqual(
      list.getEntries().map((entry) => `${entry.entryType} ${entry.name}`),
      ['measure m', 'mark a', 'mark b', 'function work']
    );
    assert.strictEqual(list.getEntriesByType('mark').length, 2);
    assert.strictEqual(list.getEntriesByName('m')[0].duration, 20);
    observer.disconnect();
  })
);
observer.observe({ entryTypes: ['mark', 'measure', 'function'] });

const mark = performance.mark('a', { startTime: 10, detail: { x: 1 } });
assert.ok(mark instanceof hooks.PerformanceMark && mark instanceof hooks.PerformanceEntry);
assert.deepStrictEqual([mark.name, mark.entryType, mark.startTime, mark.duration, mark.detail.x], ['a', 'mark', 10, 0, 1]);
performance.mark('b', { startTime: 30 });
assert.strictEqual(performance.measure('m', 'a', 'b').duration, 20);
assert.strictEqual(performance.measure('n', { start: 5, duration: 2 }).startTime, 5);
performance.clearMeasures('n');
observer.takeRecords();
performance.clearMarks();
performance.clearMeasures();
assert.deepStrictEqual(performance.getEntries(), []);
performance.mark('a', { startTime: 10 });
performance.mark('b', { startTime: 30 });
performance.measure('m', { start: 5, end: 25 });
assert.deepStrictEqual(
  performance.getEntries().map((entry) => entry.name),
  ['m', 'a', 'b']
);
assert.throws(() => performance.measure('x', 'no such mark'), { name: 'SyntaxError' });
assert.throws(() => performance.mark('x', { startTime: -1 }), { code: 'ERR_PERFORMANCE_INVALID_TIMESTAMP' });
assert.throws(() => new hooks.PerformanceObserver(), { code: 'ERR_INVALID_ARG_TYPE' });

const timed = hooks.performance.timerify(function work(a, b) {
  return a + b;
});
assert.strictEqual(timed.name, 'timerified work');
assert.strictEqual(timed(1, 2), 3);

const histogram = hooks.createHistogram();
for (const value of [1, 2, 3, 4]) {
  histogram.record(value);
}
assert.deepStrictEqual(
  [histogram.count, histogram.min, histogram.max, histogram.mean, histogram.percentile(50)],
  [4, 1, 4, 2.5, 2]
);

const delay = hooks.monitorEventLoopDelay({ resolution: 1 });
assert.strictEqual(delay.enable(), true);
const before = performance.eventLoopUtilization();
setTimeout(
  mustCall(() => {
    assert.ok(delay.count > 0 && delay.max >= delay.min && delay.mean > 0);
    assert.strictEqual(delay.disable(), true);
    const { active, idle, utilization } = performance.eventLoopUtilization(before);
    assert.ok(active >= 0 && idle >= 0 && utilization >= 0 && utilization <= 1);
  }),
  30
);
