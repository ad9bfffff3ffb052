const assert = require('assert');
const url = require('url');
const util = require('util');

const parsed = new URL('HTTP://user:p%20w@Example.ORG:8080/a/../b?x=1&y=%20#frag');
assert.strictEqual(parsed.href, 'http://user:p%20w@example.org:8080/b?x=1&y=%20#frag');
assert.strictEqual(parsed.host, 'example.org:8080');
assert.strictEqual(parsed.searchParams.get('y'), ' ');
parsed.searchParams.append('z', '\u20ac');
assert.strictEqual(parsed.search, '?x=1&y=+&z=%E2%82%AC');
assert.strictEqual(String(new URL('../c', 'file:///a/b/')), 'file:///a/c');
assert.strictEqual(new URL('http://m\u00fcnchen.de/\u00e4').href, 'http://xn--mnchen-3ya.de/%C3%A4');
assert.throws(() => new URL('nowhere'), { name: 'TypeError', code: 'ERR_INVALID_URL', message: 'Invalid URL', input: 'nowhere' });
assert.throws(() => new URL(), TypeError);
assert.strictEqual(URL.canParse('nowhere'), false);
assert.strictEqual(JSON.stringify({ at: new URL('x:y') }), '{"at":"x:y"}');
assert.ok(parsed instanceof URL && parsed instanceof url.URL);
assert.match(util.inspect(new URL('http://h/p')), /^URL \{\s+href: 'http:\/\/h\/p',/);

const params = new URLSearchParams({ a: '1', b: 'two words' });
assert.strictEqual(String(params), 'a=1&b=two+words');
assert.strictEqual(util.inspect(params), "URLSearchParams { 'a' => '1', 'b' => 'two words' }");
assert.deepStrictEqual([...new URLSearchParams('?q=1&q=2')], [['q', '1'], ['q', '2']]);

assert.strictEqual(url.fileURLToPath('file:///tmp/a%20b'), '/tmp/a b');
assert.throws(() => url.fileURLToPath('http://h/'), { code: 'ERR_INVALID_URL_SCHEME' });
assert.strictEqual(url.pathToFileURL('/tmp/a b#c?d%').href, 'file:///tmp/a%20b%23c%3Fd%25');
assert.strictEqual(url.format(parsed, { auth: false, fragment: false, search: false }), 'http://example.org:8080/b');
assert.strictEqual(url.format({ protocol: 'http', host: 'h', pathname: '/p' }), 'http://h/p');
assert.strictEqual(url.parse('http://u:p@h:1/p?q#f').auth, 'u:p');
assert.strictEqual(url.resolve('/one/two', 'three'), '/one/three');
assert.strictEqual(url.domainToASCII('m\u00fcnchen.de'), 'xn--mnchen-3ya.de');
assert.strictEqual(url.domainToUnicode('xn--mnchen-3ya.de'), 'm\u00fcnchen.de');
assert.strictEqual(url.urlToHttpOptions(new URL('http://u:p%20@h:81/a?b')).auth, 'u:p ');
