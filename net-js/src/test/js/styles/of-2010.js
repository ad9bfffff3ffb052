var net = require('net');
var sys = require('sys');
var util = require('util');
var assert = require('assert');
var EventEmitter = require('events').EventEmitter;

function LineStream() {
  net.Stream.call(this);
  this.lines = [];
  var self = this;
  this.setEncoding('ascii');
  this.addListener('data', function () {
    self.onChunk.apply(self, arguments);
  });
}
util.inherits(LineStream, net.Stream);
LineStream.prototype.onChunk = function (chunk) {
  assert.equal(arguments.length, 1);
  this.lines = this.lines.concat(chunk.split('\r\n').slice(0, -1));
};

function ChatServer() {
  EventEmitter.call(this);
  this.clients = [];
  var self = this;
  this.server = net.Server(function (client) {
    assert.ok(this === self.server);
    assert.ok(client instanceof net.Stream);
    self.clients.push(client);
    client.setTimeout(0);
    client.addListener('connect', function () {
      client.write('welcome\r\n', 'ascii');
      self.emit('joined', client);
    });
    client.addListener('end', function () {
      self.clients.splice(self.clients.indexOf(client), 1);
      client.end();
    });
  });
}
sys.inherits(ChatServer, EventEmitter);

var chat = new ChatServer();
var joined = 0;
chat.addListener('joined', function () {
  joined++;
});
chat.server.addListener('listening', function () {
  var client = new LineStream();
  assert.ok(client instanceof LineStream && client instanceof net.Stream && client instanceof EventEmitter);
  client.connect(chat.server.address().port, '127.0.0.1');
  client.addListener('data', function () {
    client.end();
  });
  client.addListener('close', function (had_error) {
    assert.equal(had_error, false);
    assert.deepEqual(client.lines, ['welcome']);
    assert.equal(joined, 1);
    chat.server.close();
  });
});
chat.server.listen(0, '127.0.0.1');
