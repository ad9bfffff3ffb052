package evented.net.js;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a script that ends badly prints, and its exit code, as in Node. */
class ExitTest {
  @TempDir Path folder;

  private Run run(String code) throws Exception {
    return Run.script(Files.writeString(folder.resolve("app.js"), code));
  }

  @Test
  void anUncaughtErrorEndsWith1AndTellsWhere() throws Exception {
    Run run = run("\n\nsetTimeout(function later() {\n  throw new Error('boo');\n}, 1);\n");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.error())
        .contains("app.js:4\n  throw new Error('boo');")
        .contains("Error: boo\n    at ")
        .contains("app.js:4:");
  }

  @Test
  void aSyntaxErrorTellsFileAndLine() throws Exception {
    Run run = run("var a = 1;\nvar b = = 2;\n");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.error()).contains("SyntaxError").contains("app.js:2:9\nvar b = = 2;\n        ^");
    Run first = run("var = 1;");
    assertThat(first.error()).contains("app.js:1:5\nvar = 1;\n    ^");
  }

  @Test
  void aMissingModuleIsNamed() throws Exception {
    Run run = run("require('left-pad')");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.error())
        .contains("Error: Cannot find module 'left-pad'\nRequire stack:\n- ")
        .contains("- " + folder.toRealPath().resolve("app.js"));
  }

  @Test
  void exitCodesAreThoseOfTheScript() throws Exception {
    assertThat(run("process.exit(3)").code()).isEqualTo(3);
    assertThat(run("process.exitCode = 4").code()).isEqualTo(4);
    assertThat(run("process.on('exit', () => { process.exitCode = 5 })").code()).isEqualTo(5);
    assertThat(run("Promise.reject(new Error('unheard'))").code()).isEqualTo(1);
    assertThat(run("process.on('exit', () => { throw new Error('at the end') })").code())
        .isEqualTo(1);
    assertThat(run("1").code()).isZero();
  }

  @Test
  void exitSendsWhatIsGathered() throws Exception {
    Run run =
        run(
            """
            process.on('exit', () => console.log('bye'));
            process.exit(0);
            console.log('never');
            """);
    assertThat(run.output()).isEqualTo("bye\n");
  }

  /** The codes and the output are those of Node 20. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          0 | a b | process.on('unhandledRejection', (r) => console.log(r)); Promise.reject('a'); Promise.reject('b')
          1 | `` | Promise.reject(new Error('a')); Promise.reject(new Error('b'))
          1 | `` | setTimeout(() => { Promise.reject(1); Promise.reject(2); Promise.reject(3) }, 1)
          0 | a unhandledRejection b unhandledRejection | process.on('uncaughtException', (e, o) => console.log(e.message, o)); Promise.reject(new Error('a')); Promise.reject(new Error('b'))
          0 | 1 2 3 | process.on('unhandledRejection', (r) => { console.log(r); if (r < 3) Promise.reject(r + 1) }); Promise.reject(1)
          0 | true ERR_UNHANDLED_REJECTION | process.on('uncaughtException', (e) => console.log(e instanceof Error, e.code)); Promise.reject()
          1 | exit 1 | process.on('exit', (c) => console.log('exit', c)); Promise.reject({ get stack() { throw 1 }, toString() { throw 2 } })
          1 | exit 1 | process.on('exit', (c) => console.log('exit', c)); const t = () => { throw 1 }; Promise.reject(new Proxy({}, { get: t, getPrototypeOf: t, ownKeys: t }))
          1 | exit 1 | process.on('exit', (c) => console.log('exit', c)); const t = () => { throw 1 }; throw new Proxy({}, { get: t, getPrototypeOf: t, ownKeys: t })
          1 | exit 1 | process.on('exit', (c) => console.log('exit', c)); throw null
          1 | exit 1 | process.on('exit', (c) => console.log('exit', c)); process.nextTick(() => { throw new Error('x') })
          1 | exit 1 | process.on('exit', (c) => console.log('exit', c)); queueMicrotask(() => { throw new Error('x') })
          1 | exit 1 | process.on('exit', (c) => console.log('exit', c)); setImmediate(() => { throw new Error('x') })
          1 | exit 1 | process.on('exit', (c) => console.log('exit', c)); process.on('beforeExit', () => { throw new Error('x') })
          1 | exit 1 | process.on('exit', (c) => console.log('exit', c)); process.exitCode = 3; setTimeout(() => { throw new Error('x') }, 1)
          7 | `` | process.on('uncaughtException', () => { throw new Error('y') }); throw new Error('x')
          7 | `` | process.on('uncaughtException', () => { throw new Error('y') }); setTimeout(() => { throw new Error('x') }, 1)
          1 | `` | process.on('unhandledRejection', () => { throw new Error('y') }); Promise.reject(new Error('x'))
          0 | 1 x 2 3 y 4 promise | process.on('uncaughtException', (e) => console.log(e.message)); setTimeout(() => { Promise.resolve().then(() => console.log('promise')); const tick = (n, e) => process.nextTick(() => { console.log(n); if (e) throw new Error(e) }); tick(1, 'x'); tick(2); tick(3, 'y'); tick(4) }, 1)
          1 | 1 | process.nextTick(() => { console.log(1); throw new Error('x') }); process.nextTick(() => console.log(2))
          0 | told caught handled | process.on('unhandledRejection', () => console.log('told')); process.on('rejectionHandled', (p) => console.log(p === q ? 'handled' : p)); const q = Promise.reject(1); setTimeout(() => q.catch(() => console.log('caught')), 1)
          0 | told caught handled true | process.on('unhandledRejection', () => console.log('told')); process.on('rejectionHandled', () => console.log('handled', Object.getOwnPropertyNames(q).length === 0)); const q = Promise.reject(1); setTimeout(async () => { try { await q } catch (e) { console.log('caught') } }, 1)
          6 | `` | process.on('uncaughtException', () => process.exit(6)); throw new Error('x')
          9 | exit 0 | process.on('exit', (c) => { console.log('exit', c); process.exit(9) })
          0 | caught | const p = Promise.reject(new Error('x')); Promise.resolve().then(() => p.catch(() => console.log('caught')))
          1 | `` | new (require('net').Stream)().destroy(new Error('last'))
          0 | last close | const s = new (require('net').Stream)(); s.on('error', (e) => console.log(e.message)); s.on('close', () => console.log('close')); s.destroy(new Error('last'))
          1 | close | const s = new (require('net').Stream)(); s.on('close', () => { console.log('close'); throw new Error('x') }); s.destroy()
          1 | `` | const s = new (require('net').Stream)(); s.on('error', () => { throw new Error('x') }); s.destroy(new Error('last'))
          1 | close | const a = require('net').createServer(); a.on('close', () => { console.log('close'); throw new Error('c') }); a.listen(0, () => a.close())
          1 | `` | const a = require('net').createServer(); a.listen(0, '127.0.0.1', () => { a.unref(); require('net').createServer().listen(a.address().port, '127.0.0.1') })
          """)
  void whatIsThrownLastStillDecides(int code, String output, String script) throws Exception {
    Run run = run(script);
    assertThat(run.code()).isEqualTo(code);
    assertThat(run.output().replace('\n', ' ').strip()).isEqualTo(output);
    if (code == 1 || code == 7) {
      assertThat(run.error()).isNotBlank();
    }
  }

  @Test
  void anErrorThatNothingHearsIsPrintedThoughItIsTheLastThing() throws Exception {
    assertThat(run("new (require('net').Stream)().destroy(new Error('the last'))").error())
        .contains("Error: the last");
  }

  @Test
  void aModuleThatAwaitsForEverEndsWith13() throws Exception {
    Path module = Files.writeString(folder.resolve("app.mjs"), "await new Promise(() => {});");
    assertThat(Run.script(module).code()).isEqualTo(13);
  }

  /** The value of the last expression of an ES module is nobody's business. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 | told   | process.on('unhandledRejection', () => console.log('told')); Promise.reject(1)
          0 | told   | await 0; process.on('unhandledRejection', () => console.log('told')); new Promise((_, no) => setTimeout(no, 1))
          0 | first  | console.log('first'); new Promise(() => {}) // for ever
          0 | first  | console.log('first'); ({ then() { console.log('called') } })
          0 | second | await new Promise((yes) => setTimeout(yes, 1)); console.log('second')
          """)
  void theLastExpressionOfAModuleIsNotAwaited(int code, String output, String script)
      throws Exception {
    Run run = Run.script(Files.writeString(folder.resolve("last.mjs"), script));
    assertThat(run.code()).isEqualTo(code);
    assertThat(run.output().strip()).isEqualTo(output);
  }
}
