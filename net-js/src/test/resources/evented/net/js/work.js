// Uses each module a little.
(async () => {
  for (const name of require('module').builtinModules) {
    require(name);
  }
  require(folder + '/part.js');
  const fs = require('fs');
  fs.writeFileSync(folder + '/a', 'bytes of a file');
  fs.readFileSync(folder + '/a');
  fs.statSync(folder + '/a');
  fs.readdirSync(folder);
  fs.existsSync(folder + '/none');
  try {
    fs.readFileSync(folder + '/none');
  } catch (error) {
    error.stack;
  }
  try {
    fs.readFileSync('/etc/passwd');
    throw new Error('read');
  } catch (error) {
    if (error.code !== 'ERR_ACCESS_DENIED') throw error;
  }
  await fs.promises.writeFile(folder + '/b', Buffer.from('more bytes'));
  await fs.promises.readFile(folder + '/b', 'utf8');
  await new Promise((resolve, reject) =>
    fs.createReadStream(folder + '/a').on('error', reject).on('data', () => {}).on('close', resolve)
  );
  await new Promise((resolve, reject) => {
    const stream = fs.createWriteStream(folder + '/c').on('error', reject).on('close', resolve);
    stream.end('written');
  });
  require('os').cpus();
  require('crypto').createCredentials({});
  require('crypto').randomBytes(16);
  require('util').inspect({ a: [1], b: new Map([[1, 2]]) });
  require('util').format('%s %j %o', 'a', {}, []);
  require('url').parse('http://a/b?c');
  new URL('http://a/b?c');
  require('querystring').parse('a=b');
  require('path').join('a', '..', 'b');
  await require('timers/promises').setTimeout(1);
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => process.nextTick(resolve));
  const net = require('net');
  await new Promise((resolve, reject) => {
    const server = net.createServer((stream) => {
      stream.on('data', (data) => stream.write(data));
      stream.on('end', () => stream.end());
    });
    server.on('error', reject);
    server.on('close', resolve);
    server.listen(0, '127.0.0.1', () => {
      const client = net.createConnection(server.address().port, '127.0.0.1');
      client.on('error', reject);
      client.write(Buffer.from('some bytes there and back'));
      client.on('data', () => {
        client.end();
        server.close();
      });
    });
  });
})().then(done, failed);
