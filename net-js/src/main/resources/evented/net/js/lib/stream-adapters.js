'use strict';
// Node's streams as the WHATWG's, and the other way: toWeb and fromWeb.

const { codes } = require('inner/node-errors');

const web = () => require('stream/web');
const isObject = (value, name) => {
  if (typeof value !== 'object' || value === null) {
    throw new codes.ERR_INVALID_ARG_TYPE(name, 'Object', value);
  }
};

/** Bytes without Buffer's methods, as such streams give them. */
const plain = (chunk) =>
  require('buffer').Buffer.isBuffer(chunk) ? new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength) : chunk;

function readableToWeb(readable, options = {}) {
  const { finished } = require('stream');
  const { ReadableStream, CountQueuingStrategy, ByteLengthQueuingStrategy } = web();
  const mark = readable.readableHighWaterMark;
  const strategy =
    options.strategy ||
    (readable.readableObjectMode
      ? new CountQueuingStrategy({ highWaterMark: mark })
      : new ByteLengthQueuingStrategy({ highWaterMark: mark }));
  readable.pause();
  let isOver = false;
  return new ReadableStream(
    {
      start(controller) {
        finished(readable, { writable: false }, (error) => {
          if (!isOver) {
            isOver = true;
            if (error) {
              controller.error(error);
            } else {
              controller.close();
            }
          }
        });
        readable.on('data', (chunk) => {
          if (!isOver) {
            controller.enqueue(plain(chunk));
            if (controller.desiredSize <= 0) {
              readable.pause();
            }
          }
        });
        readable.pause();
      },
      pull: () => {
        readable.resume();
      },
      cancel(reason) {
        isOver = true;
        readable.destroy(reason instanceof Error ? reason : undefined);
      },
    },
    strategy
  );
}

function readableFromWeb(stream, options = {}) {
  isObject(stream, 'readableStream');
  const { Readable } = require('stream');
  const reader = stream.getReader();
  let isOver = false;
  const readable = new Readable({
    ...options,
    read() {
      reader.read().then(
        ({ value, done }) => {
          isOver = isOver || done;
          readable.push(done ? null : value);
        },
        (error) => {
          isOver = true;
          readable.destroy(error);
        }
      );
    },
    destroy(error, done) {
      if (isOver) {
        done(error);
        return;
      }
      reader.cancel(error).then(
        () => done(error),
        () => done(error)
      );
    },
  });
  return readable;
}

function writableToWeb(writable) {
  const { finished } = require('stream');
  const { WritableStream, CountQueuingStrategy } = web();
  let isOver = false;
  return new WritableStream(
    {
      start(controller) {
        finished(writable, { readable: false }, (error) => {
          isOver = true;
          if (error) {
            controller.error(error);
          }
        });
        writable.on('error', () => {}); // the controller tells
      },
      write: (chunk) =>
        new Promise((resolve, reject) => {
          const bytes = chunk instanceof ArrayBuffer ? new Uint8Array(chunk) : chunk;
          writable.write(bytes, (error) => (error ? reject(error) : resolve()));
        }),
      close: () =>
        new Promise((resolve, reject) => {
          if (isOver) {
            resolve();
            return;
          }
          finished(writable, { readable: false }, (error) => (error ? reject(error) : resolve()));
          writable.end();
        }),
      abort: (reason) => {
        writable.destroy(reason instanceof Error ? reason : undefined);
      },
    },
    new CountQueuingStrategy({ highWaterMark: 1 })
  );
}

function writableFromWeb(stream, options = {}) {
  isObject(stream, 'writableStream');
  const { Writable } = require('stream');
  const writer = stream.getWriter();
  const settle = (promise, done) => promise.then(() => done(), done);
  return new Writable({
    ...options,
    write: (chunk, encoding, done) => settle(writer.ready.then(() => writer.write(options.objectMode ? chunk : plain(chunk))), done),
    final: (done) => settle(writer.close(), done),
    destroy(error, done) {
      if (error) {
        writer.abort(error).then(
          () => done(error),
          () => done(error)
        );
      } else {
        done();
      }
    },
  });
}

function duplexFromWeb(pair, options = {}) {
  isObject(pair, 'pair');
  const { Duplex } = require('stream');
  return Duplex.from({
    readable: readableFromWeb(pair.readable, options),
    writable: writableFromWeb(pair.writable, options),
  });
}

const duplexToWeb = (duplex) => ({ readable: readableToWeb(duplex), writable: writableToWeb(duplex) });

module.exports = { readableToWeb, readableFromWeb, writableToWeb, writableFromWeb, duplexFromWeb, duplexToWeb };
