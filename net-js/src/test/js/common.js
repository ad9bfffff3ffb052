'use strict';
// What the scripts beside this one share. Each is a program that exits with 0 if all holds.

const assert = require('assert');
const net = require('net');
const os = require('os');
const path = require('path');

const due = [];

/** A function that has to be called so often before the program ends. */
exports.mustCall = (callback = () => {}, times = 1) => {
  const entry = { times, stack: new Error('expected call').stack, count: 0 };
  due.push(entry);
  return function (...args) {
    entry.count++;
    return callback.apply(this, args);
  };
};

exports.mustNotCall = (what) => () => {
  throw new Error(`must not happen: ${what}`);
};

process.on('exit', (code) => {
  if (code === 0) {
    for (const entry of due) {
      if (entry.count !== entry.times) {
        console.error(`called ${entry.count} times instead of ${entry.times}: ${entry.stack}`);
        process.exitCode = 1;
      }
    }
  }
});

/** Connects two streams: done(client, peer, server). The server stops listening. */
exports.pair = (done, options) => {
  let client;
  let peer;
  const check = () => {
    if (client && peer) {
      server.close();
      done(client, peer, server);
    }
  };
  const server = net.createServer(options || {}, (stream) => {
    stream.on('connect', () => {
      peer = stream;
      check();
    });
  });
  server.listen(0, '127.0.0.1', () => {
    const stream = net.createConnection(server.address().port, '127.0.0.1');
    stream.on('connect', () => {
      client = stream;
      check();
    });
  });
};

/** A server on a free port: done(port, server). */
exports.listen = (onStream, done) => {
  const server = net.createServer(onStream);
  server.listen(0, '127.0.0.1', () => done(server.address().port, server));
};

let paths = 0;

/** A path for a UNIX socket that no one else uses. */
exports.socketPath = () => path.join(os.tmpdir(), `evented-${process.pid}-${Date.now()}-${paths++}.sock`);

/** Collects all that a stream says: done(text) at its end. */
exports.collect = (stream, done) => {
  const chunks = [];
  stream.on('data', (data) => chunks.push(typeof data === 'string' ? Buffer.from(data) : data));
  stream.on('end', () => done(Buffer.concat(chunks)));
};

/** Notes the events of a stream in the order in which they come. */
exports.log = (stream, names = ['connect', 'end', 'drain', 'timeout', 'error', 'close']) => {
  const events = [];
  for (const name of names) {
    stream.on(name, (argument) => events.push(name === 'close' ? `close(${argument})` : name));
  }
  return events;
};

/** A port that refuses connections: done(port). */
exports.refusedPort = (done) => {
  const server = net.createServer();
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close();
    server.on('close', () => done(port));
  });
};

setTimeout(() => {
  console.error('took too long');
  process.exit(3);
}, 30000).unref();

/** The text of a key or certificate that the tests have made: key, cert, old-key or old-cert. */
exports.pem = (name) => require('fs').readFileSync(path.join(process.env.KEYS, `${name}.pem`), 'utf8');

exports.assert = assert;
exports.net = net;
