const { assert, eachPair, mustCall } = require('../common');
eachPair((client, peer) => {
  const sink = { written: '', write(data) { this.written += data; return true; }, end() { throw new Error('ended'); }, on() {}, emit() {}, removeListener() {} };
  peer.pipe(sink, { end: false });
  client.end('text');
  peer.on('close', mustCall(() => assert.strictEqual(sink.written, 'text')));
});
