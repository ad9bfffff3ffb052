'use strict';
// performance: the clock, and marks and measures on it.

const { EventTarget } = require('inner/event-target');
const { codes, validateNumber, validateObject, validateString } = require('inner/node-errors');

/** Milliseconds since the program began. */
const now = () => binding.nanoTime() / 1e6;
const timeOrigin = Date.now() - now();

const kMake = Symbol('kMake');

class PerformanceEntry {
  #name;
  #entryType;
  #startTime;
  #duration;

  constructor(key, name, entryType, startTime, duration) {
    if (key !== kMake) {
      throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    }
    this.#name = name;
    this.#entryType = entryType;
    this.#startTime = startTime;
    this.#duration = duration;
  }

  get name() {
    return this.#name;
  }

  get entryType() {
    return this.#entryType;
  }

  get startTime() {
    return this.#startTime;
  }

  get duration() {
    return this.#duration;
  }

  toJSON() {
    const { name, entryType, startTime, duration } = this;
    return { name, entryType, startTime, duration, ...(this.detail === undefined ? {} : { detail: this.detail }) };
  }

  [Symbol.for('nodejs.util.inspect.custom')](depth, options, inspect) {
    return depth < 0 ? this.constructor.name : `${this.constructor.name} ${inspect(this.toJSON(), options)}`;
  }
}

/** A copy, where the engine can make one. */
function cloned(detail) {
  if (detail === undefined || detail === null) {
    return null;
  }
  return typeof structuredClone === 'function' ? structuredClone(detail) : detail;
}

class PerformanceMark extends PerformanceEntry {
  #detail;

  /**
   * @param {string} name
   * @param {{startTime: number, detail: *}} [options]
   */
  constructor(name, options = {}) {
    if (arguments.length === 0) {
      throw new codes.ERR_MISSING_ARGS('name');
    }
    const given = options === null ? {} : options;
    validateObject(given, 'options');
    const { startTime = now() } = given;
    validateNumber(startTime, 'startTime');
    if (startTime < 0) {
      throw new codes.ERR_PERFORMANCE_INVALID_TIMESTAMP(startTime);
    }
    super(kMake, `${name}`, 'mark', startTime, 0);
    this.#detail = cloned(given.detail);
  }

  get detail() {
    return this.#detail;
  }
}

class PerformanceMeasure extends PerformanceEntry {
  #detail;

  constructor(key, name, startTime, duration, detail) {
    super(key, name, 'measure', startTime, duration);
    this.#detail = detail;
  }

  get detail() {
    return this.#detail;
  }
}

/** An entry of a kind that tells of a call: `function`. */
class PerformanceNodeEntry extends PerformanceEntry {
  #detail;

  constructor(key, name, entryType, startTime, duration, detail) {
    super(key, name, entryType, startTime, duration);
    this.#detail = detail;
  }

  get detail() {
    return this.#detail;
  }
}

// Those who observe.

const TYPES = Object.freeze(['function', 'mark', 'measure']);
const observers = new Set();
const timeline = [];

const byStart = (a, b) => a.startTime - b.startTime;

class PerformanceObserverEntryList {
  #entries;

  constructor(key, entries) {
    if (key !== kMake) {
      throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    }
    this.#entries = entries.sort(byStart);
  }

  getEntries() {
    return this.#entries.slice();
  }

  getEntriesByType(type) {
    return this.#entries.filter((entry) => entry.entryType === `${type}`);
  }

  getEntriesByName(name, type) {
    return this.#entries.filter(
      (entry) => entry.name === `${name}` && (type === undefined || entry.entryType === `${type}`)
    );
  }
}

class PerformanceObserver {
  #callback;
  #types = new Set();
  #buffer = [];
  #pending = false;

  /** @param {Function} callback called with a list of entries and this */
  constructor(callback) {
    if (typeof callback !== 'function') {
      throw new codes.ERR_INVALID_ARG_TYPE('callback', 'Function', callback);
    }
    this.#callback = callback;
  }

  /**
   * Begins to observe.
   * @param {{entryTypes: Array<string>}|{type: string, buffered: boolean}} options
   */
  observe(options = {}) {
    validateObject(options, 'options');
    const { entryTypes, type, buffered } = options;
    if (entryTypes === undefined && type === undefined) {
      throw new codes.ERR_MISSING_ARGS('options.entryTypes', 'options.type');
    }
    if (entryTypes !== undefined) {
      if (!Array.isArray(entryTypes)) {
        throw new codes.ERR_INVALID_ARG_TYPE('options.entryTypes', 'string[]', entryTypes);
      }
      this.#types = new Set(entryTypes.filter((one) => TYPES.includes(one)));
    } else {
      validateString(type, 'options.type');
      if (TYPES.includes(type)) {
        this.#types.add(type);
        if (buffered) {
          timeline.filter((entry) => entry.entryType === type).forEach((entry) => this.#take(entry));
        }
      }
    }
    if (this.#types.size > 0) {
      observers.add(this);
    }
  }

  disconnect() {
    observers.delete(this);
    this.#types.clear();
    this.#buffer = [];
  }

  takeRecords() {
    return this.#buffer.splice(0);
  }

  static get supportedEntryTypes() {
    return TYPES;
  }

  #take(entry) {
    this.#buffer.push(entry);
    if (!this.#pending) {
      this.#pending = true;
      require('timers').setImmediate(() => {
        this.#pending = false;
        const entries = this.takeRecords();
        if (entries.length > 0) {
          Reflect.apply(this.#callback, this, [new PerformanceObserverEntryList(kMake, entries), this]);
        }
      });
    }
  }

  static tell(key, entry) {
    for (const observer of observers) {
      if (key === kMake && observer.#types.has(entry.entryType)) {
        observer.#take(entry);
      }
    }
  }
}
const tell = PerformanceObserver.tell;
delete PerformanceObserver.tell;

function add(entry) {
  timeline.push(entry);
  tell(kMake, entry);
  return entry;
}

function removeFromTimeline(type, name) {
  const rest = timeline.filter((entry) => entry.entryType !== type || (name !== undefined && entry.name !== `${name}`));
  timeline.splice(0, timeline.length, ...rest);
}

function timeOf(mark) {
  if (typeof mark === 'number') {
    if (mark < 0) {
      throw new codes.ERR_PERFORMANCE_INVALID_TIMESTAMP(mark);
    }
    return mark;
  }
  const name = `${mark}`;
  for (let i = timeline.length - 1; i >= 0; i--) {
    if (timeline[i].entryType === 'mark' && timeline[i].name === name) {
      return timeline[i].startTime;
    }
  }
  const DOMException = require('inner/dom-exception');
  throw new DOMException(`The "${name}" performance mark has not been set`, 'SyntaxError');
}

class Performance extends EventTarget {
  constructor(key) {
    if (key !== kMake) {
      throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    }
    super();
  }

  now() {
    return now();
  }

  get timeOrigin() {
    return timeOrigin;
  }

  /** Notes a point of time. */
  mark(name, options = {}) {
    return add(new PerformanceMark(name, options));
  }

  /**
   * Notes the time between two marks.
   * @param {string} name
   * @param {string|{start: *, end: *, duration: number, detail: *}} [startOrOptions]
   * @param {string} [endMark]
   */
  measure(name, startOrOptions = undefined, endMark = undefined) {
    validateString(name, 'name');
    const isOptions = startOrOptions !== null && typeof startOrOptions === 'object';
    const options = isOptions ? startOrOptions : { start: startOrOptions, end: endMark };
    const { start, end, duration, detail } = options;
    let until;
    if (end !== undefined) {
      until = timeOf(end);
    } else if (start !== undefined && duration !== undefined) {
      until = timeOf(start) + timeOf(duration);
    } else {
      until = now();
    }
    let since = 0;
    if (start !== undefined) {
      since = timeOf(start);
    } else if (duration !== undefined && end !== undefined) {
      since = until - timeOf(duration);
    }
    return add(new PerformanceMeasure(kMake, name, since, until - since, cloned(detail)));
  }

  clearMarks(name) {
    removeFromTimeline('mark', name);
  }

  clearMeasures(name) {
    removeFromTimeline('measure', name);
  }

  clearResourceTimings() {}

  setResourceTimingBufferSize() {}

  getEntries() {
    return timeline.slice().sort(byStart);
  }

  getEntriesByName(name, type) {
    return this.getEntries().filter(
      (entry) => entry.name === `${name}` && (type === undefined || entry.entryType === type)
    );
  }

  getEntriesByType(type) {
    return this.getEntries().filter((entry) => entry.entryType === type);
  }

  /** When what of the program was done, as far as that is known. */
  get nodeTiming() {
    return { name: 'node', entryType: 'node', startTime: 0, duration: now() };
  }

  eventLoopUtilization(one, other) {
    return require('perf_hooks').eventLoopUtilization(one, other);
  }

  timerify(callback, options) {
    return require('perf_hooks').timerify(callback, options);
  }

  toJSON() {
    return { nodeTiming: this.nodeTiming, timeOrigin, eventLoopUtilization: this.eventLoopUtilization() };
  }
}

for (const [Class, name] of [
  [Performance, 'Performance'],
  [PerformanceEntry, 'PerformanceEntry'],
  [PerformanceMark, 'PerformanceMark'],
  [PerformanceMeasure, 'PerformanceMeasure'],
  [PerformanceObserver, 'PerformanceObserver'],
  [PerformanceObserverEntryList, 'PerformanceObserverEntryList'],
]) {
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: name, configurable: true });
}

module.exports = {
  Performance,
  PerformanceEntry,
  PerformanceMark,
  PerformanceMeasure,
  PerformanceObserver,
  PerformanceObserverEntryList,
  performance: new Performance(kMake),
  /** Tells observers of a call. */
  tellFunction: (name, start, args) =>
    tell(kMake, new PerformanceNodeEntry(kMake, name, 'function', start, now() - start, args)),
};
