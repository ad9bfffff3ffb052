'use strict';
// MessageChannel, MessagePort and BroadcastChannel, within one script.

const events = require('inner/event-target');
const { codes } = require('inner/node-errors');

const { Event, EventTarget, defineEventHandler, kListenersChange, kPlainListener, kTrust } = events;
const kMake = Symbol('kMake');

/** A message that has come. */
class MessageEvent extends Event {
  #data;
  #origin;
  #lastEventId;
  #source;
  #ports;

  /**
   * @param {string} type
   * @param {{data: *, origin: string, lastEventId: string, source: MessagePort, ports: Array<MessagePort>}} [options]
   */
  constructor(type, options = {}) {
    super(type, options);
    const { data = null, origin = '', lastEventId = '', source = null, ports = [] } = options || {};
    this.#data = data;
    this.#origin = `${origin}`;
    this.#lastEventId = `${lastEventId}`;
    this.#source = source;
    this.#ports = Object.freeze([...ports]);
  }

  get data() {
    return this.#data;
  }

  get origin() {
    return this.#origin;
  }

  get lastEventId() {
    return this.#lastEventId;
  }

  get source() {
    return this.#source;
  }

  get ports() {
    return this.#ports;
  }
}
Object.defineProperty(MessageEvent.prototype, Symbol.toStringTag, { value: 'MessageEvent', configurable: true });

/** A copy of what is sent, without the ports that go along. */
function copied(message, transfer) {
  const primitive = (typeof message !== 'object' && typeof message !== 'function') || message === null;
  if (primitive && typeof message !== 'symbol') {
    return message;
  }
  const { structuredClone } = globalThis;
  if (typeof structuredClone !== 'function') {
    throw new codes.ERR_METHOD_NOT_IMPLEMENTED('structuredClone()');
  }
  return structuredClone(message, { transfer });
}

function transfersOf(options) {
  if (options === undefined || options === null) {
    return [];
  }
  const list = Symbol.iterator in Object(options) ? options : options.transfer;
  return list === undefined ? [] : [...list];
}

/** One end of a channel: an EventTarget on which a Node program may also call on(). */
class MessagePort extends EventTarget {
  #other = null;
  #queue = [];
  #started = false;
  #closed = false;
  #referenced = false;
  #scheduled = false;

  constructor(key) {
    if (key !== kMake) {
      throw new codes.ERR_CONSTRUCT_CALL_INVALID();
    }
    super();
  }

  static entangle(key, one, other) {
    if (key === kMake) {
      one.#other = other;
      other.#other = one;
    }
  }

  /** The oldest message that waits, as {message}; undefined if none does. */
  static take(key, port) {
    return key === kMake && port.#queue.length > 0 ? port.#queue.shift() : undefined;
  }

  /**
   * Sends a copy of a value to the other end.
   * @param {*} message
   * @param {Array|{transfer: Array}} [options] what is handed over instead of being copied
   */
  postMessage(message, options) {
    if (arguments.length === 0) {
      throw new codes.ERR_MISSING_ARGS('message');
    }
    const transfer = transfersOf(options);
    const ports = transfer.filter((one) => one instanceof MessagePort);
    const copy = copied(
      message,
      transfer.filter((one) => !(one instanceof MessagePort))
    );
    const other = this.#other;
    if (other !== null && !other.#closed) {
      other.#queue.push({ message: copy, ports });
      other.#deliver();
    }
  }

  #deliver() {
    if (this.#started && !this.#scheduled && this.#queue.length > 0) {
      this.#scheduled = true;
      require('timers').setImmediate(() => {
        this.#scheduled = false;
        const entry = this.#queue.shift();
        if (entry !== undefined && !this.#closed) {
          this.dispatchEvent(new MessageEvent('message', { data: entry.message, ports: entry.ports, [kTrust]: true }));
          this.#deliver();
        }
      });
    }
  }

  /** Lets messages come. */
  start() {
    if (!this.#closed && !this.#started) {
      this.#started = true;
      this.#deliver();
    }
  }

  /** Ends the channel, for both ends. */
  close(callback) {
    if (typeof callback === 'function') {
      this.once('close', callback);
    }
    const other = this.#other;
    this.#end();
    if (other !== null) {
      other.#end();
    }
  }

  #end() {
    if (!this.#closed) {
      this.#closed = true;
      this.unref();
      require('timers').setImmediate(() => this.dispatchEvent(new Event('close', { [kTrust]: true })));
    }
  }

  ref() {
    if (!this.#referenced && !this.#closed) {
      this.#referenced = true;
      binding.hold(true);
    }
  }

  unref() {
    if (this.#referenced) {
      this.#referenced = false;
      binding.hold(false);
    }
  }

  hasRef() {
    return this.#referenced;
  }

  /** Who listens for messages lets them come, and waits for them. */
  [kListenersChange](type, count) {
    if (type === 'message') {
      if (count > 0) {
        this.ref();
        this.start();
      } else {
        this.unref();
      }
    }
  }

  [kPlainListener](listener, event) {
    return listener.call(this, event instanceof MessageEvent ? event.data : undefined);
  }

  // As emitters have it.

  on(type, listener) {
    this.addEventListener(type, listener, { [kPlainListener]: true });
    return this;
  }

  once(type, listener) {
    this.addEventListener(type, listener, { [kPlainListener]: true, once: true });
    return this;
  }

  off(type, listener) {
    events.removePlain(this, `${type}`, listener);
    return this;
  }

  emit(type, value) {
    const heard = this.listenerCount(type) > 0;
    this.dispatchEvent(new MessageEvent(type, { data: value }));
    return heard;
  }

  listenerCount(type) {
    return events.listenersOf(this, type).length;
  }

  eventNames() {
    return events.typesOf(this);
  }

  removeAllListeners(type) {
    for (const one of type === undefined ? this.eventNames() : [`${type}`]) {
      for (const listener of events.listenersOf(this, one)) {
        this.off(one, listener);
        this.removeEventListener(one, listener);
      }
    }
    return this;
  }
}
MessagePort.prototype.addListener = MessagePort.prototype.on;
MessagePort.prototype.removeListener = MessagePort.prototype.off;
Object.defineProperty(MessagePort.prototype, Symbol.toStringTag, { value: 'MessagePort', configurable: true });
const { entangle, take } = MessagePort;
delete MessagePort.entangle;
delete MessagePort.take;
for (const type of ['message', 'messageerror', 'close']) {
  defineEventHandler(MessagePort.prototype, type);
}

/** Two ports: what is sent to one comes out of the other. */
class MessageChannel {
  constructor() {
    this.port1 = new MessagePort(kMake);
    this.port2 = new MessagePort(kMake);
    entangle(kMake, this.port1, this.port2);
  }
}

/** The channels of each name. */
const channels = new Map();

/** What all others of the same name hear. */
class BroadcastChannel extends EventTarget {
  #name;
  #closed = false;
  #referenced = true;
  #holds = false;

  constructor(name) {
    if (arguments.length === 0) {
      throw new codes.ERR_MISSING_ARGS('name');
    }
    super();
    this.#name = `${name}`;
    if (!channels.has(this.#name)) {
      channels.set(this.#name, new Set());
    }
    channels.get(this.#name).add(this);
    this.#hold();
  }

  #hold() {
    const holds = this.#referenced && !this.#closed;
    if (holds !== this.#holds) {
      this.#holds = holds;
      binding.hold(holds);
    }
  }

  get name() {
    return this.#name;
  }

  postMessage(message) {
    if (arguments.length === 0) {
      throw new codes.ERR_MISSING_ARGS('message');
    }
    if (this.#closed) {
      const DOMException = require('inner/dom-exception');
      throw new DOMException('BroadcastChannel is closed.', 'InvalidStateError');
    }
    for (const other of channels.get(this.#name)) {
      if (other !== this) {
        const data = copied(message, []);
        require('timers').setImmediate(() => {
          if (!other.#closed) {
            other.dispatchEvent(new MessageEvent('message', { data, [kTrust]: true }));
          }
        });
      }
    }
  }

  close() {
    if (!this.#closed) {
      this.#closed = true;
      const all = channels.get(this.#name);
      all.delete(this);
      if (all.size === 0) {
        channels.delete(this.#name);
      }
      this.#hold();
    }
  }

  ref() {
    this.#referenced = true;
    this.#hold();
    return this;
  }

  unref() {
    this.#referenced = false;
    this.#hold();
    return this;
  }
}
Object.defineProperty(BroadcastChannel.prototype, Symbol.toStringTag, { value: 'BroadcastChannel', configurable: true });
for (const type of ['message', 'messageerror']) {
  defineEventHandler(BroadcastChannel.prototype, type);
}

module.exports = {
  BroadcastChannel,
  MessageChannel,
  MessageEvent,
  MessagePort,
  /** What has come to a port, at once: {message}, or undefined. */
  receiveMessageOnPort(port) {
    if (!(port instanceof MessagePort)) {
      throw new codes.ERR_INVALID_ARG_TYPE('port', 'MessagePort', port);
    }
    const entry = take(kMake, port);
    return entry === undefined ? undefined : { message: entry.message };
  },
};
