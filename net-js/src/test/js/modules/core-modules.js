// Each core module of Node's loads, and the table of docs/modules.md names it with what is true of it.

const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { builtinModules, isBuiltin } = require('module');

const NODES = (
  'assert assert/strict async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns ' +
  'dns/promises domain events fs fs/promises http http2 https inspector inspector/promises module net os path path/posix ' +
  'path/win32 perf_hooks process punycode querystring readline readline/promises repl stream stream/consumers ' +
  'stream/promises stream/web string_decoder sys timers timers/promises tls trace_events tty url util util/types v8 vm wasi ' +
  'worker_threads zlib'
).split(' ');

const rows = new Map();
const table = fs.readFileSync(path.join(__dirname, '../../../../../docs/modules.md'), 'utf8');
for (const [, names, state] of table.matchAll(/^\| (`.*?`) \| (\w+) \|/gm)) {
  for (const [, name] of names.matchAll(/`([^`]+)`/g)) {
    assert.ok(['whole', 'part', 'absent'].includes(state), state);
    assert.ok(!rows.has(name), `${name} has two rows`);
    rows.set(name, state);
  }
}

function isAbsent(call) {
  try {
    call();
  } catch (error) {
    return error.code === 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM';
  }
  return false;
}

for (const name of NODES) {
  assert.ok(rows.has(name), `${name} is not in the table`);
  assert.ok(isBuiltin(name) && isBuiltin(`node:${name}`), `${name} is not known`);
  assert.ok(builtinModules.includes(name), `${name} is not told of`);
}
for (const [name, state] of rows) {
  const exported = require(`node:${name}`);
  assert.ok(exported !== undefined || name === 'path/win32', `${name} exports nothing`);
  if (state === 'absent') {
    // Some function of it, or some class, says at the call that it is not there.
    const members = Object.keys(exported).filter((key) => typeof exported[key] === 'function');
    assert.ok(
      members.some((key) => isAbsent(() => exported[key]()) || isAbsent(() => Reflect.construct(exported[key], []))),
      `nothing of ${name} says that it is not there`
    );
  }
}

// Without node: these are names of packages.
for (const name of ['sqlite', 'test', 'sea']) {
  assert.strictEqual(isBuiltin(name), false);
  assert.throws(() => require(name), { code: 'MODULE_NOT_FOUND' });
}

// Packages make agents and extend classes while they are loaded.
const http = require('http');
const { Agent } = require('https');
assert.strictEqual(new (class extends Agent {})({ keepAlive: true }).options.keepAlive, true);
assert.strictEqual(http.STATUS_CODES[404], 'Not Found');
assert.throws(() => http.request('http://localhost'), { code: 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM' });
assert.strictEqual(require('worker_threads').isMainThread, true);
assert.strictEqual(require('cluster').isPrimary, true);
assert.throws(() => require('child_process').spawn('true'), { code: 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM' });
