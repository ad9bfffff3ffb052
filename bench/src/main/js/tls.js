// A secure echo server with Node's tls: tls.js tls PORT KEY CERTIFICATE
var fs = require('fs');
var tls = require('tls');

var options = { key: fs.readFileSync(process.argv[4]), cert: fs.readFileSync(process.argv[5]) };
var server = tls.createServer(options, function (stream) {
  stream.on('data', function (data) {
    stream.write(data);
  });
  stream.on('error', function () {});
});
server.listen(Number(process.argv[3]), '127.0.0.1', function () {
  console.log('listening ' + server.address().port);
});
