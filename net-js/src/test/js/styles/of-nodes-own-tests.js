// In the style of the tests that Node had when net was young: global counters, and a check at the exit.
var assert = require('assert');
var net = require('net');
var sys = require('sys');

var ROUNDS = 50;
var pings = 0;
var pongs = 0;
var servers = 0;
var closed = 0;
var log = '';

function pingPong(address, host) {
  var server = net.createServer(function (socket) {
    assert.equal(true, socket.remoteAddress !== null);
    assert.equal(server, socket.server);
    socket.setNoDelay();
    socket.timeout = 0; // a property of one's own
    socket.setEncoding('utf8');
    socket.addListener('data', function (data) {
      assert.equal('open', socket.readyState);
      assert.equal(true, pings <= 3 * ROUNDS);
      if (/PING/.exec(data)) {
        socket.write('PONG');
      }
    });
    socket.addListener('end', function () {
      assert.equal('writeOnly', socket.readyState);
      socket.end();
    });
    socket.addListener('close', function (had_error) {
      assert.equal(false, had_error);
      assert.equal('closed', socket.readyState);
      socket.server.close();
    });
  });
  server.addListener('close', function () {
    closed++;
  });
  server.listen(address, host, function () {
    servers++;
    var client = typeof address === 'number' ? net.createConnection(server.address().port, host) : net.createConnection(address);
    var left = ROUNDS;
    client.setEncoding('ascii');
    client.addListener('connect', function () {
      assert.equal('open', client.readyState);
      pings++;
      client.write('PING');
    });
    client.addListener('data', function (data) {
      assert.equal('PONG', data);
      pongs++;
      if (--left > 0) {
        pings++;
        client.write('PING');
      } else {
        client.end();
        assert.equal('readOnly', client.readyState);
      }
    });
    client.addListener('close', function () {
      assert.equal('closed', client.readyState);
      log += sys.inspect({ left: left });
    });
  });
}

pingPong(0);
pingPong(0, 'localhost');
pingPong(require('os').tmpdir() + '/evented-pingpong-' + process.pid + '-' + Date.now() + '.sock');

// A class and a function, each the other's base.
function Old() {
  net.Stream.call(this);
}
sys.inherits(Old, net.Stream);
class New extends Old {}
class Emitter {}
sys.inherits(Emitter, process.EventEmitter || require('events').EventEmitter);
assert.equal(typeof new Emitter().once, 'function');
assert.ok(new New() instanceof net.Stream);

process.addListener('exit', function () {
  assert.equal(3, servers);
  assert.equal(3, closed);
  assert.equal(3 * ROUNDS, pings);
  assert.equal(3 * ROUNDS, pongs);
  assert.equal('{ left: 0 }{ left: 0 }{ left: 0 }', log);
});
