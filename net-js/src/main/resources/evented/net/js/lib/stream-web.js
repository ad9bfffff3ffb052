'use strict';
// stream/web: the streams of the WHATWG, by the npm package web-streams-polyfill, and those of text.

const streams = require('npm/web-streams');
const { codes } = require('inner/node-errors');
const { TextDecoder, TextEncoder } = require('inner/text-codec');

for (const name of [
  ...['ReadableStream', 'ReadableStreamDefaultReader', 'ReadableStreamBYOBReader', 'ReadableStreamBYOBRequest'],
  ...['ReadableByteStreamController', 'ReadableStreamDefaultController', 'TransformStream'],
  ...['TransformStreamDefaultController', 'WritableStream', 'WritableStreamDefaultWriter'],
  ...['WritableStreamDefaultController', 'ByteLengthQueuingStrategy', 'CountQueuingStrategy'],
]) {
  exports[name] = streams[name];
}
const { ReadableStream, TransformStream } = streams;

/** A stream of what an iterable gives, be it asynchronous. */
if (ReadableStream.from === undefined) {
  ReadableStream.from = (iterable) => {
    const iterator = (iterable[Symbol.asyncIterator] || iterable[Symbol.iterator]).call(iterable);
    return new ReadableStream(
      {
        async pull(controller) {
          const { value, done } = await iterator.next();
          if (done) {
            controller.close();
          } else {
            controller.enqueue(value);
          }
        },
        async cancel(reason) {
          if (typeof iterator.return === 'function') {
            await iterator.return(reason);
          }
        },
      },
      { highWaterMark: 0 }
    );
  };
}

/** UTF-8 of the text that is written to it. */
exports.TextEncoderStream = class TextEncoderStream {
  #transform;
  #pending = ''; // the first half of a character

  constructor() {
    const encoder = new TextEncoder();
    this.#transform = new TransformStream({
      transform: (chunk, controller) => {
        let text = this.#pending + String(chunk);
        this.#pending = '';
        if (/[\ud800-\udbff]$/.test(text)) {
          this.#pending = text.slice(-1);
          text = text.slice(0, -1);
        }
        if (text !== '') {
          controller.enqueue(encoder.encode(text));
        }
      },
      flush: (controller) => {
        if (this.#pending !== '') {
          controller.enqueue(encoder.encode(this.#pending));
        }
      },
    });
  }

  get encoding() {
    return 'utf-8';
  }

  get readable() {
    return this.#transform.readable;
  }

  get writable() {
    return this.#transform.writable;
  }
};

/** The text of the bytes that are written to it. */
exports.TextDecoderStream = class TextDecoderStream {
  #decoder;
  #transform;

  constructor(label, options) {
    this.#decoder = new TextDecoder(label, options);
    this.#transform = new TransformStream({
      transform: (chunk, controller) => {
        const text = this.#decoder.decode(chunk, { stream: true });
        if (text !== '') {
          controller.enqueue(text);
        }
      },
      flush: (controller) => {
        const text = this.#decoder.decode();
        if (text !== '') {
          controller.enqueue(text);
        }
      },
    });
  }

  get encoding() {
    return this.#decoder.encoding;
  }

  get fatal() {
    return this.#decoder.fatal;
  }

  get ignoreBOM() {
    return this.#decoder.ignoreBOM;
  }

  get readable() {
    return this.#transform.readable;
  }

  get writable() {
    return this.#transform.writable;
  }
};

for (const name of ['CompressionStream', 'DecompressionStream']) {
  exports[name] = class {
    constructor() {
      throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM(`stream/web.${name}`);
    }
  };
  Object.defineProperty(exports[name], 'name', { value: name });
}
