const { assert, eachPair, mustCall } = require('../common');
const EventEmitter = require('events');
const { Writable } = require('stream');
eachPair((client, peer) => {
  const sink = new EventEmitter();
  let total = 0;
  sink.write = (data) => {
    total += data.length;
    setTimeout(() => sink.emit('drain'), 1);
    return false;
  };
  sink.end = mustCall(() => assert.strictEqual(total, 300000));
  peer.pipe(sink);
  client.end(Buffer.alloc(300000));
});
eachPair((client, peer) => {
  let text = '';
  peer.pipe(new Writable({
    write(chunk, encoding, done) {
      text += chunk;
      setImmediate(done);
    },
    final: mustCall((done) => {
      assert.strictEqual(text, 'to a Writable');
      done();
    }),
  }));
  client.write('to a ');
  client.end('Writable');
});
