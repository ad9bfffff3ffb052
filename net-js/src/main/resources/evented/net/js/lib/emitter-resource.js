'use strict';
// EventEmitterAsyncResource of require('events'): an emitter whose listeners run in the context in which it was made.

const EventEmitter = require('events');
const { AsyncResource } = require('async_hooks');
const { codes } = require('inner/node-errors');

/** The resource of an emitter, which knows it. */
class EventEmitterReferencingAsyncResource extends AsyncResource {
  #emitter;

  constructor(emitter, type, options) {
    super(type, options);
    this.#emitter = emitter;
  }

  get eventEmitter() {
    return this.#emitter;
  }
}

class EventEmitterAsyncResource extends EventEmitter {
  #resource;

  /**
   * @param {object|string} [options] as EventEmitter and AsyncResource take them, or the name
   * @param {string} [options.name] the type of the resource; that of the class unless given
   */
  constructor(options = undefined) {
    const name = typeof options === 'string' ? options : (options && options.name) || new.target.name;
    const given = typeof options === 'string' ? undefined : options;
    super(given);
    this.#resource = new EventEmitterReferencingAsyncResource(this, name, given);
  }

  emit(event, ...args) {
    return EventEmitterAsyncResource.#of(this).runInAsyncScope(super.emit, this, event, ...args);
  }

  emitDestroy() {
    EventEmitterAsyncResource.#of(this).emitDestroy();
  }

  get asyncId() {
    return EventEmitterAsyncResource.#of(this).asyncId();
  }

  get triggerAsyncId() {
    return EventEmitterAsyncResource.#of(this).triggerAsyncId();
  }

  get asyncResource() {
    return EventEmitterAsyncResource.#of(this);
  }

  static #of(emitter) {
    if (!(#resource in emitter)) {
      throw new codes.ERR_INVALID_THIS('EventEmitterAsyncResource');
    }
    return emitter.#resource;
  }
}

module.exports = EventEmitterAsyncResource;
