const { pair, mustCall } = require('../common');
pair(mustCall((client, peer) => {
  client.end();
  peer.on('close', mustCall());
  client.on('close', mustCall());
}));
