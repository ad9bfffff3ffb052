// What the launcher runs once after a build, to see which classes a server's script loads.
var net = require('net');
var util = require('util');
var assert = require('assert');

var server = net.createServer(function (stream) {
  stream.setEncoding('utf8');
  stream.on('connect', function () {
    stream.write('hello\r\n');
  });
  stream.on('data', function (data) {
    stream.write(data);
  });
  stream.on('end', function () {
    stream.end('goodbye\r\n');
  });
});
server.listen(0, 'localhost', function () {
  var received = 0;
  var client = net.createConnection(server.address().port);
  client.on('connect', function () {
    client.end(Buffer.from('warm-up'));
  });
  client.on('data', function (data) {
    received += data.length;
  });
  client.on('close', function () {
    assert.ok(received > 0);
    util.format('%j', process.memoryUsage());
    server.close();
  });
});
class Modern extends net.Stream {}
(async () => new Modern())().then((stream) => console.error === null || stream.destroy());
setTimeout(() => process.stdout.write(''), 1);
