const { eachPair, mustCall } = require('../common');
eachPair((client, peer) => {
  client.end();
  peer.on('close', mustCall());
  client.on('close', mustCall());
});
