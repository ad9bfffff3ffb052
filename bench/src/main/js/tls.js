// A secure echo server with Node's tls: tls.js PORT KEY CERTIFICATE
var fs = require('fs');
var tls = require('tls');

var options = { key: fs.readFileSync(process.argv[3]), cert: fs.readFileSync(process.argv[4]) };
var server = tls.createServer(options, function (stream) {
  stream.on('data', function (data) {
    stream.write(data);
  });
  stream.on('error', function () {});
});
server.listen(Number(process.argv[2]), '127.0.0.1', function () {
  console.log('listening ' + server.address().port);
});
