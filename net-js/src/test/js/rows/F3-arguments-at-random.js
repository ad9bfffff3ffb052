'use strict';
// Whatever is given where a script may give something, the call works, or throws what JavaScript throws, in words that
// know nothing of Java; and what goes wrong later is an event with a code. Reproduced by SEED, extended by ROUNDS.

const { assert, net, mustCall, socketPath } = require('../common');
const crypto = require('crypto');

const seed = Number(process.env.SEED || 20260801);
const rounds = Number(process.env.ROUNDS || 200);

/** Mulberry32: the same numbers on every run. */
let state = seed;
function random(below) {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) % below;
}

const bare = Object.create(null);
const circle = {};
circle.self = circle;

// No port, name or descriptor among them leads anywhere.
const values = [
  undefined,
  null,
  true,
  false,
  0,
  -0,
  -1,
  1.5,
  NaN,
  Infinity,
  -Infinity,
  65536,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32 + 1,
  2 ** 53,
  2 ** 63,
  1e300,
  Number.MIN_VALUE,
  10n,
  2n ** 70n,
  '',
  ' ',
  '0',
  '-1',
  '1e3',
  '70000',
  '\0',
  'a\0b',
  '\ud800',
  '256.1.1.1',
  '::1%',
  '/nowhere/'.repeat(40),
  'utf8',
  'no-encoding',
  Symbol('symbol'),
  Symbol.iterator,
  [],
  [1, [2]],
  {},
  bare,
  circle,
  { port: 70000 },
  { port: 1.5 },
  { port: {} },
  { fd: -1 },
  { fd: 1.5 },
  { fd: '7' },
  { fd: 2 ** 31 },
  { fd: 2 ** 40 },
  { fd: {} },
  { path: 7 },
  { path: '\0' },
  { path: {} },
  { port: 0, backlog: 2 ** 40 },
  { port: 0, backlog: 'x' },
  { host: 7, port: 0 },
  { allowHalfOpen: {}, pauseOnConnect: 1n },
  { key: 7 },
  { key: 'no key', cert: {} },
  { ca: [7, null] },
  { rejectUnauthorized: 'maybe' },
  { valueOf: () => 7, toString: () => '7' },
  { valueOf: () => bare, toString: () => bare },
  new Date(0),
  new Date(NaN),
  /pattern/,
  new Map(),
  new Error('given'),
  new Proxy({}, {}),
  new Uint8Array(0),
  new Uint8Array([1, 2]),
  new Uint16Array(2),
  new DataView(new ArrayBuffer(4)),
  new ArrayBuffer(4),
  Buffer.from('bytes'),
  () => {},
  function named() {},
];

function any() {
  return values[random(values.length)];
}

function some() {
  return Array.from({ length: random(4) }, any);
}

const streamMethods = Object.getOwnPropertyNames(net.Stream.prototype).filter((name) => !/^_|constructor/.test(name));
const serverMethods = Object.getOwnPropertyNames(net.Server.prototype).filter((name) => !/^_|constructor/.test(name));

function describe(value) {
  try {
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  } catch {
    return typeof value;
  }
}

let what;

/** Does something that may throw what a script expects to be thrown. */
function attempt(text, args, call) {
  what = `seed ${seed}: ${text}(${args.map(describe).join(', ')})`;
  try {
    return call();
  } catch (error) {
    if (!(args.includes(error))) {
      check(error, what);
    }
    return undefined;
  }
}

function check(error, where) {
  const told = `${where}: ${describe(error)} ${error && error.message}`;
  assert.ok(error instanceof Error, told);
  assert.ok(!/java|exception|graal|polyglot|truffle|foreign|host ?object|invokeMember/i.test(error.message), told);
  assert.ok(!/cannot convert '|lossy|unsupported type/i.test(error.message), told);
}

function watch(target) {
  const where = what;
  target.on('error', (error) => {
    if (!values.includes(error)) {
      check(error, where);
    }
  });
}

function use(target, methods, name) {
  for (let i = random(4); i >= 0; i--) {
    const method = methods[random(methods.length)];
    const args = some();
    attempt(`${name}.${method}`, args, () => {
      const property = target[method];
      if (typeof property === 'function') {
        return property.apply(target, args);
      }
      if (args.length > 0) {
        target[method] = args[0];
      }
      return property;
    });
  }
}

function oneRound() {
  const made = [];
  switch (random(5)) {
    case 0: {
      const args = some();
      made.push(attempt('new Stream', args, () => new net.Stream(...args)));
      break;
    }
    case 1: {
      const args = some();
      made.push(attempt('createConnection', args, () => net.createConnection(...args)));
      break;
    }
    case 2: {
      const args = some();
      const server = attempt('createServer', args, () => net.createServer(...args));
      if (server) {
        watch(server);
        use(server, serverMethods, 'server');
        attempt('server.close', [], () => server.close());
      }
      break;
    }
    case 3: {
      const args = some();
      assert.ok([0, 4, 6].includes(net.isIP(...args)));
      const credentials = attempt('createCredentials', args, () => crypto.createCredentials(...args));
      const stream = new net.Stream();
      attempt('setSecure', args, () => stream.setSecure(credentials || args[0]));
      made.push(stream);
      break;
    }
    default:
      made.push(net.createConnection(socketPath()));
  }
  for (const stream of made.filter((one) => one instanceof net.Stream)) {
    watch(stream);
    use(stream, streamMethods, 'stream');
    stream.destroy();
  }
}

process.on('uncaughtException', (error) => {
  if (!values.includes(error)) {
    console.error(`after ${what}:`, error);
    process.exit(1);
  }
});

for (let round = 0; round < rounds; round++) {
  oneRound();
}

// And the next one is served.
const server = net.createServer((stream) => stream.pipe(stream));
server.listen(0, '127.0.0.1', () => {
  const client = net.createConnection(server.address().port, '127.0.0.1');
  client.setEncoding('utf8');
  client.on('data', mustCall((text) => {
    assert.strictEqual(text, 'still there');
    client.end();
    server.close();
  }));
  client.write('still there');
});
