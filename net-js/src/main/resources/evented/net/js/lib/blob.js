'use strict';
// Blob and File: bytes that do not change.

const { Buffer } = require('buffer');
const { codes } = require('inner/node-errors');

const BYTES = new WeakMap();

function bytesOf(part, endings) {
  if (part instanceof Blob) {
    return BYTES.get(part);
  }
  if (ArrayBuffer.isView(part)) {
    return Buffer.from(Buffer.from(part.buffer, part.byteOffset, part.byteLength));
  }
  if (part instanceof ArrayBuffer) {
    return Buffer.from(part.slice(0));
  }
  const text = String(part);
  return Buffer.from(endings === 'native' ? text.replace(/\r\n?/g, '\n') : text);
}

const typeOf = (type) => (/^[\x20-\x7e]*$/.test(type) ? type.toLowerCase() : '');

class Blob {
  #type;

  /**
   * @param {Iterable<string|ArrayBuffer|ArrayBufferView|Blob>} [parts]
   * @param {{type: string, endings: string}} [options]
   */
  constructor(parts = [], options = {}) {
    if (parts === null || typeof parts !== 'object' || typeof parts[Symbol.iterator] !== 'function') {
      throw new codes.ERR_INVALID_ARG_TYPE('sources', 'a sequence', parts);
    }
    if (options === null || typeof options !== 'object') {
      throw new codes.ERR_INVALID_ARG_TYPE('options', 'a dictionary', options);
    }
    const { type = '', endings = 'transparent' } = options;
    if (endings !== 'transparent' && endings !== 'native') {
      throw new codes.ERR_INVALID_ARG_VALUE('options.endings', endings);
    }
    this.#type = typeOf(`${type}`);
    BYTES.set(this, Buffer.concat([...parts].map((part) => bytesOf(part, endings))));
  }

  get type() {
    return this.#type;
  }

  /** In bytes. */
  get size() {
    return BYTES.get(this).length;
  }

  /** A part of it; negative positions count from the end. */
  slice(start = 0, end = this.size, type = '') {
    return new Blob([BYTES.get(this).subarray(start, end)], { type });
  }

  async arrayBuffer() {
    const bytes = BYTES.get(this);
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  }

  async bytes() {
    return new Uint8Array(await this.arrayBuffer());
  }

  async text() {
    return BYTES.get(this).toString('utf8');
  }

  stream() {
    const bytes = new Uint8Array(BYTES.get(this));
    const { ReadableStream } = require('stream/web');
    let at = 0;
    return new ReadableStream({
      pull(controller) {
        if (at < bytes.length) {
          controller.enqueue(bytes.slice(at, at + 65536));
          at += 65536;
        }
        if (at >= bytes.length) {
          controller.close();
        }
      },
    });
  }

  get [Symbol.toStringTag]() {
    return 'Blob';
  }

  [Symbol.for('nodejs.util.inspect.custom')](depth, options, inspect) {
    return `Blob ${inspect({ size: this.size, type: this.type }, options)}`;
  }
}

class File extends Blob {
  #name;
  #lastModified;

  constructor(parts, name, options = {}) {
    if (arguments.length < 2) {
      throw new codes.ERR_MISSING_ARGS('sources', 'fileName');
    }
    super(parts, options);
    const { lastModified = Date.now() } = options;
    this.#name = `${name}`;
    this.#lastModified = Number(lastModified) || 0;
  }

  get name() {
    return this.#name;
  }

  /** Milliseconds since 1970. */
  get lastModified() {
    return this.#lastModified;
  }

  get [Symbol.toStringTag]() {
    return 'File';
  }

  [Symbol.for('nodejs.util.inspect.custom')](depth, options, inspect) {
    const { size, type, name, lastModified } = this;
    return `File ${inspect({ size, type, name, lastModified }, options)}`;
  }
}

exports.Blob = Blob;
exports.File = File;
