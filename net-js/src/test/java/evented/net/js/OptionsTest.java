package evented.net.js;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OptionsTest {
  @Test
  void optionsComeBeforeTheScript() {
    Options options =
        Options.parse("-r", "a", "--require=b", "--import", "c", "app.js", "-e", "--", "x");
    assertThat(options.required).containsExactly("a", "b");
    assertThat(options.imported).containsExactly("c");
    assertThat(options.file).isEqualTo("app.js");
    assertThat(options.arguments).containsExactly("-e", "--", "x");
    assertThat(options.given).containsExactly("-r", "a", "--require=b", "--import", "c");
  }

  @Test
  void codeTakesThePlaceOfAScript() {
    Options options = Options.parse("-p", "1 + 1", "--", "-x");
    assertThat(options.code).isEqualTo("1 + 1");
    assertThat(options.print).isTrue();
    assertThat(options.file).isNull();
    assertThat(options.arguments).containsExactly("-x");
    assertThat(Options.parse("-").file).isEqualTo("-");
    assertThat(Options.parse("--input-type=module", "-e", "").isModule).isTrue();
  }

  @Test
  void debuggersHaveAnAddress() {
    assertThat(Options.parse("a.js").inspector).isNull();
    assertThat(Options.parse("--inspect").inspector).isEqualTo("127.0.0.1:9229");
    assertThat(Options.parse("--inspect=0").inspector).isEqualTo("127.0.0.1:0");
    assertThat(Options.parse("--inspect=localhost").inspector).isEqualTo("localhost:9229");
    Options waiting = Options.parse("--inspect-brk=[::1]:9000");
    assertThat(waiting.inspector).isEqualTo("[::1]:9000");
    assertThat(waiting.waitsForDebugger).isTrue();
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    for (String[] words :
        new String[][] {
          {"--fast"}, {"-e"}, {"-r"}, {"--inspect=99999"}, {"--input-type=x", "-e", ""}, {"-c"}
        }) {
      assertThatThrownBy(() -> Options.parse(words))
          .as(words[0])
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
