'use strict';
// stream/consumers: all that a stream gives, as one value.

const chunksOf = async (stream) => {
  const chunks = [];
  if (typeof stream.getReader === 'function' && typeof stream[Symbol.asyncIterator] !== 'function') {
    const reader = stream.getReader();
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      chunks.push(step.value);
    }
    return chunks;
  }
  for await (const chunk of stream) {
    chunks.push(chunk);
  }
  return chunks;
};

/** All bytes as a Buffer. */
exports.buffer = async (stream) => {
  const { Buffer } = require('buffer');
  const chunks = await chunksOf(stream);
  return Buffer.concat(chunks.map((chunk) => (ArrayBuffer.isView(chunk) ? chunk : Buffer.from(chunk))));
};

/** All bytes as an ArrayBuffer. */
exports.arrayBuffer = async (stream) => {
  const bytes = await exports.buffer(stream);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
};

/** All text, of UTF-8 where it comes as bytes. */
exports.text = async (stream) => {
  const { TextDecoder } = require('inner/text-codec');
  const decoder = new TextDecoder();
  let text = '';
  for (const chunk of await chunksOf(stream)) {
    text += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
};

/** What the text says as JSON. */
exports.json = async (stream) => JSON.parse(await exports.text(stream));

/** All bytes as a Blob. */
exports.blob = async (stream) => {
  if (typeof globalThis.Blob !== 'function') {
    throw new (require('inner/node-errors').codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM)('stream/consumers.blob');
  }
  return new globalThis.Blob(await chunksOf(stream));
};
