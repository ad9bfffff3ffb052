// What `import` sees of CommonJS, and require() of ES modules.
import { ok, rejects, strictEqual } from 'assert';
import { createRequire, syncBuiltinESMExports } from 'module';
import { pathToFileURL } from 'url';
import * as net from 'net';
import oldDefault, { named, inner, 'not-a-name' as odd } from 'old';
import { name } from './found/sibling.js';

strictEqual(named, 1);
strictEqual(odd, 2);
strictEqual(inner, 'of old alone');
strictEqual(oldDefault.default, 'the default');
strictEqual(name, 'sibling');

strictEqual(import.meta.filename, `${import.meta.dirname}/commonjs-from-import.mjs`);
strictEqual(import.meta.url, pathToFileURL(import.meta.filename).href);
strictEqual(import.meta.main, true);
strictEqual(import.meta.resolve('./none.mjs'), pathToFileURL(`${import.meta.dirname}/none.mjs`).href);
strictEqual(import.meta.resolve('dual'), pathToFileURL(`${import.meta.dirname}/node_modules/dual/i.mjs`).href);
strictEqual(import.meta.resolve('fs'), 'node:fs');

const require = createRequire(import.meta.url);
strictEqual(require('old'), oldDefault);
strictEqual(require('./found/twice.mjs').twice(2), 4);
strictEqual(require('./found/says-so').__esModule, true);

// What is put in place of a core module's function.
const { isIP } = net;
require('net').isIP = () => 'replaced';
strictEqual(net.isIP, isIP);
syncBuiltinESMExports();
strictEqual(net.isIP(), 'replaced');

// A failure is that of the CommonJS file, when it is run.
await rejects(import('./found/broken.js'), SyntaxError);
ok(!Object.keys(net).includes('module.exports'));
