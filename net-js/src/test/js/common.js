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

/** What carries a stream: TCP, a UNIX socket, or TLS over TCP. */
class Wire {
  constructor(name) {
    this.name = name;
    this.opened = name === 'tls' ? 'secure' : 'connect'; // the event that says that all is set
  }

  /** A server: done(server), and wire.connect() gives it a client. */
  listen(onStream, done, options = {}) {
    const server = net.createServer(options, (stream) => {
      if (this.name === 'tls') {
        stream.setSecure(credentials());
      }
      onStream(stream);
    });
    this.server = server;
    server.listen(...(this.name === 'unix' ? [exports.socketPath()] : [0, '127.0.0.1']), () => done(server));
  }

  connect(stream = new net.Stream()) {
    const address = this.server.address();
    if (this.name === 'tls') {
      stream.once('connect', () => stream.setSecure(credentials()));
    }
    return this.name === 'unix' ? stream.connect(address) : stream.connect(address.port, '127.0.0.1');
  }

  /** Connects two streams: done(client, peer, server). The server stops listening. */
  pair(done, options) {
    let client;
    let peer;
    const check = () => {
      if (client && peer) {
        this.server.close();
        done(client, peer, this.server);
      }
    };
    const onStream = (stream) =>
      stream.once(this.opened, () => {
        peer = stream;
        check();
      });
    const onListening = () => {
      const stream = this.connect();
      stream.once(this.opened, () => {
        client = stream;
        check();
      });
    };
    this.listen(onStream, onListening, options);
  }
}

let made;
function credentials() {
  made =
    made ||
    require('crypto').createCredentials({ key: exports.pem('key'), cert: exports.pem('cert'), rejectUnauthorized: false });
  return made;
}

const WIRES = ['tcp', 'unix', 'tls'];

/** Runs a check over each wire: check(wire). */
exports.eachWire = (check, names = WIRES) => names.forEach((name) => check(new Wire(name)));

/** Connects two streams over each wire: check(client, peer, wire). */
exports.eachPair = (check, { wires = WIRES, ...options } = {}) => {
  const called = exports.mustCall(check, wires.length);
  exports.eachWire((wire) => wire.pair((client, peer) => called(client, peer, wire), options), wires);
};

/** Connects two streams over TCP: done(client, peer, server). The server stops listening. */
exports.pair = (done, options) => new Wire('tcp').pair(done, options);

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

const guard = (millis) =>
  setTimeout(() => {
    console.error('took too long');
    process.exit(3);
  }, millis).unref();
let guarding = guard(30000);

/** Gives the program more time than the usual half minute: what ScriptsTest gives, almost. */
exports.takesLong = () => {
  clearTimeout(guarding);
  guarding = guard(55000);
};

/** The text of a key or certificate that the tests have made: key, cert, old-key or old-cert. */
exports.pem = (name) => require('fs').readFileSync(path.join(process.env.KEYS, `${name}.pem`), 'utf8');

exports.assert = assert;
exports.net = net;
