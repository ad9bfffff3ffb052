// readline: lines however they are cut and ended, questions, iteration, close.

const assert = require('assert');
const { PassThrough } = require('stream');
const readline = require('readline');

const said = [];
const input = new PassThrough();
const lines = readline.createInterface({ input });
lines.on('line', (line) => said.push(line));
lines.on('close', () => said.push('(close)'));
input.write('a\r');
input.write('\nb\nc');
input.write('d\n\n');
input.end('e');

let asked = false;
async function main() {
  const list = [];
  const whole = new PassThrough();
  whole.end('x\ny\nz');
  for await (const line of readline.createInterface({ input: whole })) {
    list.push(line);
  }
  assert.deepStrictEqual(list, ['x', 'y', 'z']);

  const source = new PassThrough();
  const output = new PassThrough({ encoding: 'utf8' });
  const prompt = readline.promises.createInterface({ input: source, output });
  const answer = prompt.question('name? ');
  source.write('Ada\n');
  assert.strictEqual(await answer, 'Ada');
  assert.strictEqual(output.read(), 'name? ');
  const controller = new AbortController();
  const aborted = prompt.question('again? ', { signal: controller.signal });
  controller.abort();
  await assert.rejects(aborted, { name: 'AbortError' });
  prompt.close();
  assert.throws(() => readline.Interface.prototype.question.call(prompt, 'q', () => {}), { code: 'ERR_USE_AFTER_CLOSE' });
  asked = true;
}
main();
process.on('exit', () => {
  assert.deepStrictEqual(said, ['a', 'b', 'cd', '', 'e', '(close)']);
  assert.ok(asked);
});
