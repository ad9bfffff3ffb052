// ROUNDS of CONNECTIONS that ask once and are answered. Behind each round, when all streams are gone, it calls the
// embedder's `measure`, and in the end `done`.
const net = require('net');
const [rounds, connections] = process.argv.slice(2).map(Number);
const AT_ONCE = 32;
const server = net.createServer((stream) => {
  stream.setEncoding('utf8');
  stream.on('data', (text) => stream.end(text));
});
server.listen(0, '127.0.0.1', () => round(0));

function round(number) {
  if (number === rounds) {
    server.on('close', done);
    server.close();
    return;
  }
  let begun = 0;
  let ended = 0;
  const next = () => {
    begun += 1;
    const stream = net.createConnection(server.address().port, '127.0.0.1');
    let answer = '';
    stream.setEncoding('utf8');
    stream.on('connect', () => stream.write('ping'));
    stream.on('data', (text) => (answer += text));
    stream.on('close', (hadError) => {
      if (hadError || answer !== 'ping') {
        throw new Error(`answered with ${answer}`);
      }
      ended += 1;
      if (begun < connections) {
        next();
      } else if (ended === connections) {
        whenGone(() => {
          measure();
          round(number + 1);
        });
      }
    });
  };
  for (let i = 0; i < Math.min(AT_ONCE, connections); i += 1) {
    next();
  }
}

function whenGone(then) {
  if (server.connections === 0) {
    then();
  } else {
    setTimeout(() => whenGone(then), 1);
  }
}
