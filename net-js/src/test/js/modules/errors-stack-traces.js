const assert = require('assert');
const { mustCall } = require('../common');

class Own extends Error {
  constructor(message) {
    super(message);
    Error.captureStackTrace(this, Own);
    this.name = 'Own';
  }
}

function make() {
  return new Own('message');
}
const { stack } = make();
assert.match(stack, /^(Own|Error): message\n {4}at make \(/);
assert.ok(stack.includes(__filename));

const object = {};
Error.captureStackTrace(object);
assert.strictEqual(typeof object.stack, 'string');
assert.deepStrictEqual(Object.keys(object), []);
assert.throws(() => Error.captureStackTrace(1), TypeError);

const limit = Error.stackTraceLimit;
assert.strictEqual(limit, 10);
Error.stackTraceLimit = 1;
assert.strictEqual(make().stack.split('\n').length, 2);
Error.stackTraceLimit = limit;

function callSites() {
  const before = Error.prepareStackTrace;
  try {
    Error.prepareStackTrace = (error, sites) => sites;
    const holder = {};
    Error.captureStackTrace(holder, callSites);
    return holder.stack;
  } finally {
    Error.prepareStackTrace = before;
  }
}

function here() {
  return callSites()[0];
}
const site = here();
assert.strictEqual(site.getFileName(), __filename);
assert.strictEqual(site.getFunctionName(), 'here');
assert.ok(site.getLineNumber() > 30 && site.getColumnNumber() > 0);
assert.deepStrictEqual([site.isNative(), site.isEval(), site.isConstructor()], [false, false, false]);
assert.match(String(site), /^here \(.*errors-stack-traces\.js:\d+:\d+\)$/);

// No insides are shown, so none can be reached.
const emitter = new (require('events'))();
emitter.on(
  'x',
  mustCall(() => {
    for (const one of callSites()) {
      assert.notStrictEqual(one.getFunction(), emitter.emit);
    }
  })
);
emitter.emit('x');
