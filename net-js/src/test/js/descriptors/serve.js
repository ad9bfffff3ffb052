// A server on the descriptor whose number it is given; ends when told so.
const net = require('net');
const server = net.createServer({ allowHalfOpen: true }, (stream) => {
  let text = '';
  stream.setEncoding('utf8');
  stream.on('data', (data) => (text += data));
  stream.on('end', () => {
    stream.end(`heard ${text}`);
    if (text === 'stop') {
      server.close();
    }
  });
});
server.on('error', (error) => console.log('error', error.code));
server.on('close', () => console.log('closed'));
const [how, fd] = process.argv.slice(2);
if (how === 'listen') {
  server.listen({ fd: Number(fd) });
} else {
  server.listenFD(Number(fd), 'tcp4');
}
server.on('listening', () => console.log('listening', typeof server.address(), server.fd));
