'use strict';
// require('perf_hooks'): what performance.js has, and how the loop is doing.

const shared = require('inner/performance');
const { codes, validateFunction, validateInteger, validateObject } = require('inner/node-errors');

/** Distribution of whole numbers: exact, for as many different ones as come. */
class Histogram {
  #counts = new Map();
  #count = 0;
  #sum = 0;
  #sumOfSquares = 0;
  #exceeds = 0;
  #highest;

  constructor(highest) {
    this.#highest = highest;
  }

  take(value) {
    if (value > this.#highest) {
      this.#exceeds++;
      return;
    }
    this.#counts.set(value, (this.#counts.get(value) || 0) + 1);
    this.#count++;
    this.#sum += value;
    this.#sumOfSquares += value * value;
  }

  get count() {
    return this.#count;
  }

  get countBigInt() {
    return BigInt(this.#count);
  }

  get min() {
    return this.#count === 0 ? 9223372036854776000 : this.#sorted()[0];
  }

  get minBigInt() {
    return this.#count === 0 ? 9223372036854775807n : BigInt(this.min);
  }

  get max() {
    return this.#count === 0 ? 0 : this.#sorted().pop();
  }

  get maxBigInt() {
    return BigInt(this.max);
  }

  get mean() {
    return this.#count === 0 ? NaN : this.#sum / this.#count;
  }

  get stddev() {
    return this.#count === 0 ? NaN : Math.sqrt(Math.max(0, this.#sumOfSquares / this.#count - this.mean ** 2));
  }

  get exceeds() {
    return this.#exceeds;
  }

  get exceedsBigInt() {
    return BigInt(this.#exceeds);
  }

  #sorted() {
    return [...this.#counts.keys()].sort((a, b) => a - b);
  }

  /** The value that so many percent do not exceed. */
  percentile(percent) {
    if (typeof percent !== 'number') {
      throw new codes.ERR_INVALID_ARG_TYPE('percentile', 'number', percent);
    }
    if (!(percent > 0 && percent <= 100)) {
      throw new codes.ERR_OUT_OF_RANGE('percentile', '> 0 && <= 100', percent);
    }
    let left = Math.ceil((percent / 100) * this.#count);
    let found = 0;
    for (const value of this.#sorted()) {
      found = value;
      left -= this.#counts.get(value);
      if (left <= 0) {
        break;
      }
    }
    return found;
  }

  percentileBigInt(percent) {
    return BigInt(this.percentile(percent));
  }

  /** Values by percentages, which come nearer to 100 by halves. */
  get percentiles() {
    const result = new Map();
    for (let rest = 100; rest > 0.1 && this.#count > 0; rest /= 2) {
      result.set(100 - rest, rest === 100 ? this.min : this.percentile(100 - rest));
    }
    return result.set(100, this.max);
  }

  get percentilesBigInt() {
    return new Map([...this.percentiles].map(([percent, value]) => [percent, BigInt(value)]));
  }

  reset() {
    this.#counts.clear();
    this.#count = 0;
    this.#sum = 0;
    this.#sumOfSquares = 0;
    this.#exceeds = 0;
  }
}

/** A Histogram that a script fills. */
class RecordableHistogram extends Histogram {
  #last = null;

  record(value) {
    if (typeof value !== 'bigint') {
      validateInteger(value, 'val', 1);
    }
    this.take(Number(value));
  }

  /** Records the nanoseconds since it was last called. */
  recordDelta() {
    const time = binding.nanoTime();
    if (this.#last !== null) {
      this.take(time - this.#last);
    }
    this.#last = time;
  }
}

/** How late timers come, in nanoseconds. */
class IntervalHistogram extends Histogram {
  #resolution;
  #timer = null;
  #due = 0;

  constructor(resolution) {
    super(3.6e12);
    this.#resolution = resolution;
  }

  enable() {
    if (this.#timer !== null) {
      return false;
    }
    this.#due = binding.nanoTime();
    this.#timer = require('timers')
      .setInterval(() => {
        const time = binding.nanoTime();
        this.take(Math.max(1, time - this.#due));
        this.#due = time;
      }, this.#resolution)
      .unref();
    return true;
  }

  disable() {
    if (this.#timer === null) {
      return false;
    }
    require('timers').clearInterval(this.#timer);
    this.#timer = null;
    return true;
  }

  [require('inner/intrinsics').dispose]() {
    this.disable();
  }
}

/**
 * How long the loop has waited and run, in milliseconds; since an earlier result, or between two.
 * @returns {{idle: number, active: number, utilization: number}}
 */
function eventLoopUtilization(one, other) {
  const [busy, total] = [...binding.loopTimes()];
  const all = (active, idle) => ({ idle, active, utilization: active + idle === 0 ? 0 : active / (active + idle) });
  if (other !== undefined) {
    return all(one.active - other.active, one.idle - other.idle);
  }
  const active = busy / 1e6;
  const idle = Math.max(0, (total - busy) / 1e6);
  return one === undefined ? all(active, idle) : all(active - one.active, idle - one.idle);
}

/** A function that tells observers how long a call of another one took. */
function timerify(callback, options = {}) {
  validateFunction(callback, 'fn');
  validateObject(options, 'options');
  const { histogram } = options;
  const done = (start, args) => {
    if (histogram !== undefined) {
      histogram.record(Math.max(1, Math.ceil((shared.performance.now() - start) * 1e6)));
    }
    shared.tellFunction(callback.name, start, args);
  };
  function timed(...args) {
    const start = shared.performance.now();
    const result = new.target ? Reflect.construct(callback, args, callback) : Reflect.apply(callback, this, args);
    if (result !== null && typeof result === 'object' && typeof result.finally === 'function') {
      return result.finally(() => done(start, args));
    }
    done(start, args);
    return result;
  }
  Object.defineProperties(timed, {
    length: { value: callback.length, configurable: true },
    name: { value: `timerified ${callback.name}`, configurable: true },
  });
  return timed;
}

const { tellFunction, ...exported } = shared;

module.exports = {
  ...exported,
  /** Numbers that Node's kinds of entries have. */
  constants: Object.freeze({
    __proto__: null,
    NODE_PERFORMANCE_GC_MAJOR: 4,
    NODE_PERFORMANCE_GC_MINOR: 1,
    NODE_PERFORMANCE_GC_INCREMENTAL: 8,
    NODE_PERFORMANCE_GC_WEAKCB: 16,
  }),
  createHistogram(options = {}) {
    validateObject(options, 'options');
    const { highest = Number.MAX_SAFE_INTEGER } = options;
    return new RecordableHistogram(Number(highest));
  },
  monitorEventLoopDelay(options = {}) {
    validateObject(options, 'options');
    const { resolution = 10 } = options;
    validateInteger(resolution, 'options.resolution', 1);
    return new IntervalHistogram(resolution);
  },
  eventLoopUtilization,
  timerify,
};
