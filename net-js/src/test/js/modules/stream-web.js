// stream/web, stream/consumers, and Node's streams as web streams and back.

const assert = require('assert');
const { Readable, Writable, PassThrough, Duplex } = require('stream');
const { ReadableStream, TransformStream, TextEncoderStream, TextDecoderStream } = require('stream/web');
const consumers = require('stream/consumers');
const { pipeline, finished } = require('stream/promises');

async function main() {
  assert.strictEqual(await consumers.text(Readable.from(['a', 'b'])), 'ab');
  assert.deepStrictEqual(await consumers.json(Readable.from([Buffer.from('{"a":'), Buffer.from('1}')])), { a: 1 });
  assert.deepStrictEqual(await consumers.buffer(Readable.from([Buffer.from('x')])), Buffer.from('x'));

  const upper = new TransformStream({ transform: (chunk, controller) => controller.enqueue(chunk.toUpperCase()) });
  const source = new ReadableStream({
    start(controller) {
      controller.enqueue('one ');
      controller.enqueue('zwölf');
      controller.close();
    },
  });
  const text = source.pipeThrough(upper).pipeThrough(new TextEncoderStream()).pipeThrough(new TextDecoderStream());
  assert.strictEqual(await consumers.text(text), 'ONE ZWÖLF');

  const web = Readable.toWeb(Readable.from([Buffer.from('to '), Buffer.from('the web')], { objectMode: false }));
  assert.strictEqual(await consumers.text(Readable.fromWeb(web)), 'to the web');

  const chunks = [];
  const writable = new Writable({
    write(chunk, encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  const writer = Writable.toWeb(writable).getWriter();
  await writer.write(Buffer.from('a'));
  await writer.write(Buffer.from('b'));
  await writer.close();
  assert.strictEqual(Buffer.concat(chunks).toString(), 'ab');

  const through = new PassThrough();
  await pipeline(Readable.from(['x', 'y']), through);
  assert.strictEqual(await consumers.text(through), 'xy');
  await finished(through);

  const pair = Duplex.fromWeb(new TransformStream());
  pair.end('there and back');
  assert.strictEqual(await consumers.text(pair), 'there and back');
  assert.deepStrictEqual(await consumers.text(ReadableStream.from(['f', 'r', 'om'])), 'from');
}
let done = false;
main().then(() => (done = true));
process.on('exit', () => assert.ok(done));
