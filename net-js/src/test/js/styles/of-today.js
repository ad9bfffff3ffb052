'use strict';
const net = require('node:net');
const assert = require('node:assert');
const { once } = require('node:events');
const { promisify } = require('node:util');

class Session extends net.Socket {
  #greeting = 'hi';
  greet() {
    return this.write(`${this.#greeting}\n`);
  }
}

class EchoServer extends net.Server {
  constructor() {
    super((stream) => this.#serve(stream).catch((error) => this.emit('error', error)));
    this.total = 0;
  }
  async #serve(stream) {
    for await (const chunk of stream) {
      this.total += chunk.length;
      stream.write(chunk);
    }
    stream.end('bye\n');
  }
}

(async () => {
  const server = new EchoServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const session = new Session({ allowHalfOpen: false });
  assert.ok(session instanceof Session && session instanceof net.Stream);
  session.connect({ ...server.address(), host: '127.0.0.1' });
  await once(session, 'connect');
  session.setEncoding('utf8');
  session.greet();
  const [text] = await once(session, 'data');
  assert.strictEqual(text, 'hi\n');
  await promisify(setTimeout)(1);
  session.end();
  let rest = '';
  for await (const more of session) {
    rest += more;
  }
  assert.strictEqual(server.total, 3);
  server.close();
  await once(server, 'close');
  await assert.rejects(once(net.connect('/no/such.sock'), 'connect'), { code: 'ENOENT' });
})();
