const { assert, pair, mustCall, mustNotCall } = require('../common');
pair((client, peer) => {
  client.end('dropped');
  peer.on('end', mustCall(() => peer.on('data', mustNotCall('data'))));
  peer.on('close', mustCall());
});
