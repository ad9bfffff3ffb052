const { assert, net, eachWire, mustCall, takesLong } = require('../common');

// Every state of a stream meets every failure. Whatever happens, the events are in order, what had arrived is
// delivered, no other stream notices, and nothing is left that would keep the program alive.

takesLong(); // 88 cells over each wire

const UNREAD = Buffer.alloc(200000); // what a peer has not read when it closes makes that a reset
const BLOCK = Buffer.alloc(256 * 1024);
const WORDS = 'words';

/** Connects two streams of which neither ends because the other one does: done(client, peer, server). */
function connected(wire, done) {
  const ends = {};
  const add = (name, stream) =>
    stream.once(wire.opened, () => {
      ends[name] = stream;
      if (ends.client && ends.peer) {
        done(ends.client, ends.peer, wire.server);
      }
    });
  wire.listen((stream) => add('peer', stream), () => add('client', wire.connect()), { allowHalfOpen: true });
}

/** Writes until the kernel takes no more. */
function fill(stream) {
  do {
    stream.write(BLOCK);
    stream.flush();
  } while (stream.bufferSize < BLOCK.length);
}

/** What a cell of the table works with, and what it saw. */
class Cell {
  constructor(name, wire, client, peer, server) {
    Object.assign(this, { name, wire, client, peer, server });
    this.events = [];
    this.received = '';
    this.sent = ''; // by the peer
    client.on('data', (data) => (this.received += data));
    for (const event of ['connect', 'secure', 'end', 'timeout', 'error', 'close']) {
      client.on(event, (argument) => this.events.push(event === 'close' ? `close(${argument})` : event));
    }
    peer.on('data', () => {});
    peer.on('error', () => {});
    peer.pause();
    client.write(UNREAD);
    client.flush();
  }

  say(words = WORDS) {
    this.sent += words;
    this.peer.write(words);
    this.peer.flush();
  }

  check() {
    const { events, name } = this;
    const told = `${name} over ${this.wire.name}: ${events.join(', ')}`;
    const count = (event) => events.filter((other) => other === event).length;
    assert.ok(count('end') <= 1 && count('error') <= 1, told);
    assert.strictEqual(events.filter((event) => event.startsWith('close')).length, 1, told);
    const failed = events.indexOf('error');
    assert.deepStrictEqual(events.slice(failed < 0 ? -1 : failed), failed < 0 ? ['close(false)'] : ['error', 'close(true)'], told);
    return told;
  }
}

// How a stream gets into each state: reach(cell, reached).
const STATES = {
  idle: (cell, reached) => reached(),
  flowing(cell, reached) {
    const timer = setInterval(() => cell.say(), 1);
    cell.stop = () => clearInterval(timer);
    cell.client.once('data', reached);
  },
  'paused with nothing'(cell, reached) {
    cell.client.pause();
    reached();
  },
  'paused with data'(cell, reached) {
    cell.client.pause();
    cell.say();
    reached();
  },
  'paused with FIN held'(cell, reached) {
    cell.client.pause();
    cell.say();
    cell.peer.end();
    cell.peer.flush();
    reached();
  },
  'waiting for drain'(cell, reached) {
    cell.client.once('data', reached);
    fill(cell.client);
    cell.say();
  },
  'ending with unsent bytes'(cell, reached) {
    cell.client.once('data', reached);
    fill(cell.client);
    cell.client.end();
    cell.say();
  },
  'half-closed by its peer'(cell, reached) {
    cell.client.allowHalfOpen = true;
    cell.client.once('end', reached);
    cell.say();
    cell.peer.end();
  },
  'half-closed by itself'(cell, reached) {
    cell.client.end();
    cell.client.once('data', reached);
    cell.say();
  },
  'source of a pipe'(cell, reached) {
    connected(cell.wire, (sink, reader, server) => {
      server.close();
      let read = '';
      reader.on('data', (data) => (read += data));
      reader.once('data', reached);
      reader.on('end', () => reader.end());
      reader.on('error', () => {}); // of TLS, where a source that did not end is told from one that did
      reader.on('close', mustCall(() => assert.strictEqual(read, cell.received, cell.name)));
      sink.on('close', mustCall());
      cell.client.pipe(sink);
      cell.say();
    });
  },
  'sink of a pipe'(cell, reached) {
    connected(cell.wire, (source, writer, server) => {
      server.close();
      writer.on('error', () => {});
      cell.client.on('close', () => {
        source.destroy();
        writer.destroy();
      });
      cell.client.once('data', reached);
      fill(cell.client);
      source.pipe(cell.client);
      writer.write(BLOCK);
      cell.say();
    });
  },
};

// What happens then. `soft` ones leave it to the script to end the stream; `own` ones drop what is unread.
const FAILURES = {
  'its peer resets': { fail: ({ peer }) => peer.destroy() },
  'its peer ends': {
    soft: true,
    fail({ peer }) {
      peer.resume();
      peer.end();
    },
  },
  'its peer ends, then resets': {
    fail({ peer }) {
      peer.end();
      peer.flush();
      setTimeout(() => peer.destroy(), 3);
    },
  },
  destroy: { own: true, outcome: 'close(false)', fail: ({ client }) => client.destroy() },
  'destroy with an error': { own: true, outcome: 'close(true)', fail: ({ client }) => client.destroy(new Error('mine')) },
  'a listener throws': {
    own: true,
    outcome: 'close(true)',
    fail({ client }) {
      thrown++;
      client.setTimeout(1, () => {
        throw new Error('on purpose');
      });
    },
  },
  'a time limit passes, its peer being frozen': {
    own: true,
    outcome: 'close(false)',
    fail: ({ client }) => client.setTimeout(1, () => client.destroy()),
  },
  'its server closes': { soft: true, fail: ({ server }) => server.close() },
};

let thrown = 0;
let caught = 0;
process.on('uncaughtException', (error) => {
  if (error.message !== 'on purpose') {
    console.error(error);
    process.exit(2);
  }
  caught++;
});
process.on('exit', () => assert.strictEqual(caught, thrown));

/** One state and one failure: done() when all its streams are closed. */
function run(state, failure, wire, done) {
  const { fail, soft, own, outcome } = FAILURES[failure];
  connected(wire, (client, peer, server) => {
    const cell = new Cell(`${state}, then ${failure}`, wire, client, peer, server);
    STATES[state](cell, () => {
      if (cell.stop) {
        cell.stop();
      }
      fail(cell);
      setTimeout(() => {
        if (own) {
          return; // it ends as it is
        }
        client.resume();
        if (failure === 'its server closes' || client.allowHalfOpen) {
          peer.resume();
          peer.end();
          client.end();
        }
      }, 10);
    });
    client.on('close', () => {
      if (failure !== 'its server closes') {
        server.close();
      }
      peer.destroy();
      // Whatever would come after 'close' has come by then.
      setTimeout(() => {
        const told = cell.check();
        if (outcome) {
          assert.strictEqual(cell.events[cell.events.length - 1], outcome, told);
        }
        assert.ok(cell.sent.startsWith(cell.received), told);
        if (!own) {
          assert.strictEqual(cell.received, cell.sent, told);
        }
        if (soft) {
          assert.ok(!cell.events.includes('error'), told);
        }
        done();
      }, 5);
    });
  });
}

eachWire((wire) => {
  const cells = Object.keys(STATES).flatMap((state) => Object.keys(FAILURES).map((failure) => [state, failure]));
  connected(wire, (witness, echo, server) => {
    server.close();
    echo.pipe(echo);
    let left = cells.length;
    witness.on('close', mustCall((hadError) => assert.ok(!hadError && left === 0)));
    const next = () => {
      if (left === 0) {
        witness.end();
        return;
      }
      const [state, failure] = cells[--left];
      run(state, failure, wire, mustCall(() => {
        witness.once('data', mustCall((data) => {
          assert.strictEqual(String(data), failure);
          next();
        }));
        witness.write(failure);
      }));
    };
    next();
  });
});
