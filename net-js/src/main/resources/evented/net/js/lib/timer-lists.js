'use strict';
// The timers that run. Those of the same length are due in the order in which they were started, so each length has a
// list of its own, and a heap finds the list whose first one is due next: to start and to stop a timer costs the same,
// however many there are. One timer of the loop's wakes them all.

/** A time on the clock by which timers run, in milliseconds. */
const now = () => binding.nanoTime() / 1e6;
exports.now = now;

const lists = new Map();
const heap = [];

/** When Java will call, as far as it was asked to. */
let wakeAt = Infinity;

/** By what time those are due that run now; null if none do. */
let judged = null;

function put(place, list) {
  heap[place] = list;
  list.place = place;
}

function rise(list) {
  let { place } = list;
  while (place > 0) {
    const parent = (place - 1) >>> 1;
    if (heap[parent].due <= list.due) {
      break;
    }
    put(place, heap[parent]);
    place = parent;
  }
  put(place, list);
}

function sink(list) {
  let { place } = list;
  for (;;) {
    let child = 2 * place + 1;
    if (child >= heap.length) {
      break;
    }
    if (child + 1 < heap.length && heap[child + 1].due < heap[child].due) {
      child++;
    }
    if (heap[child].due >= list.due) {
      break;
    }
    put(place, heap[child]);
    place = child;
  }
  put(place, list);
}

/**
 * Starts a timer.
 * @param {object} timer what has the fields that this file sets: _list, _idlePrev, _idleNext, _idleStart
 * @param {number} millis its length
 * @param {number} start since when, by now()
 */
exports.insert = function insert(timer, millis, start) {
  let list = lists.get(millis);
  if (list === undefined) {
    list = { millis, due: start + millis, first: null, last: null, place: heap.length };
    lists.set(millis, list);
    heap.push(list);
    rise(list);
  }
  timer._list = list;
  timer._idleStart = start;
  timer._idlePrev = list.last;
  timer._idleNext = null;
  if (list.last === null) {
    list.first = timer;
  } else {
    list.last._idleNext = timer;
  }
  list.last = timer;
  if (judged === null && list.due < wakeAt) {
    wake(list.due, start);
  }
};

/** Stops a timer that runs. */
exports.remove = function remove(timer) {
  const list = timer._list;
  timer._list = null;
  if (timer._idlePrev === null) {
    list.first = timer._idleNext;
  } else {
    timer._idlePrev._idleNext = timer._idleNext;
  }
  if (timer._idleNext === null) {
    list.last = timer._idlePrev;
  } else {
    timer._idleNext._idlePrev = timer._idlePrev;
  }
  timer._idlePrev = null;
  timer._idleNext = null;
  if (list.first === null) {
    lists.delete(list.millis);
    const last = heap.pop();
    if (last !== list) {
      put(list.place, last);
      rise(last);
      sink(last);
    }
  }
};

function wake(due, time) {
  wakeAt = due;
  binding.wakeTimers(Math.max(0, Math.ceil(due - time)));
}

/**
 * The next timer that is due, which is stopped with that. What is started meanwhile is not due.
 * @returns {?object} null if there is none; then Java is asked to call when one is
 */
exports.takeDue = function takeDue() {
  if (judged === null) {
    judged = now();
    wakeAt = Infinity;
  }
  while (heap.length > 0) {
    const list = heap[0];
    if (list.due > judged) {
      break;
    }
    const timer = list.first;
    const due = timer._idleStart + list.millis;
    if (due <= judged) {
      exports.remove(timer);
      return timer;
    }
    list.due = due;
    sink(list);
  }
  judged = null;
  if (heap.length > 0) {
    wake(heap[0].due, now());
  }
  return null;
};
