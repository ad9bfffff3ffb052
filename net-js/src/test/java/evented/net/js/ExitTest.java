package evented.net.js;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        .contains("Cannot find module 'left-pad'")
        .contains("Core modules: assert, buffer")
        .contains("Required by " + folder.toRealPath().resolve("app.js"));
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
}
