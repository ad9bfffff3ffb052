// Node's net as its users write it, run by Node and by Evented alike:
//
//   server.js echo|reply|broadcast|proxy PORT_OR_PATH [TARGET_PORT]
var net = require('net');

var MESSAGE = 64;
var answer = Buffer.alloc(MESSAGE, 'y');
var streams = new Set();

var tasks = {
  echo: function (stream) {
    stream.on('data', function (data) {
      stream.write(data);
    });
  },

  // Answers every 64 bytes with a message of its own.
  reply: function (stream) {
    var partial = 0;
    stream.on('data', function (data) {
      for (partial += data.length; partial >= MESSAGE; partial -= MESSAGE) {
        stream.write(answer);
      }
    });
  },

  broadcast: function (stream) {
    streams.add(stream);
    stream.on('data', function (data) {
      streams.forEach(function (each) {
        each.write(data);
      });
    });
    stream.on('close', function () {
      streams.delete(stream);
    });
  },

  proxy: function (stream) {
    var upstream = net.createConnection(Number(process.argv[4]), '127.0.0.1');
    stream.pipe(upstream);
    upstream.pipe(stream);
    upstream.on('error', function () {
      stream.destroy();
    });
    stream.on('error', function () {
      upstream.destroy();
    });
  }
};

var task = tasks[process.argv[2]];
var server = net.createServer(function (stream) {
  task(stream);
  stream.on('error', function () {});
});

// Memory is compared after a collection: node --expose-gc server.js …
if (global.gc) {
  process.on('SIGUSR2', global.gc);
}

function tell() {
  console.log('listening ' + server.address().port);
}

if (process.argv[3][0] === '/') {
  server.listen(process.argv[3], tell);
} else {
  server.listen(Number(process.argv[3]), '127.0.0.1', tell);
}
