const { assert, eachPair, mustCall, mustNotCall } = require('../common');
eachPair((client, peer) => {
  client.end('dropped');
  peer.on('end', mustCall(() => peer.on('data', mustNotCall('data'))));
  peer.on('close', mustCall());
});
