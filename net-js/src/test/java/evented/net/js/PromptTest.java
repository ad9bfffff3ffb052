package evented.net.js;

import static org.assertj.core.api.Assertions.assertThat;

import evented.net.Loop;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptTest {
  @TempDir Path folder;

  private final Loop loop = Loop.create(1);
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);

  @AfterEach
  void closeLoop() {
    loop.close();
  }

  private Host host() {
    return Host.builder()
        .loop(loop)
        .output(output, output)
        .allowEverything()
        .environment(Map.of("XDG_STATE_HOME", folder.toString()))
        .build();
  }

  private String shown() {
    return output.toString(StandardCharsets.UTF_8);
  }

  /** Gives lines to a session, and returns what it shows for the last one. */
  private String say(PromptSession session, String... lines) throws Exception {
    for (String line : lines) {
      output.reset();
      assertThat(session.accept(line)).isTrue();
    }
    return shown();
  }

  @Test
  void valuesAreShownAndKept() throws Exception {
    try (Host host = host()) {
      PromptSession session = new PromptSession(host, out);
      assertThat(say(session, "6 * 7")).isEqualTo("42\n");
      assertThat(say(session, "_ + 1")).isEqualTo("43\n");
      assertThat(say(session, "{ a: 1 }")).isEqualTo("{ a: 1 }\n");
      assertThat(say(session, "let b = 2", "b")).isEqualTo("2\n");
      assertThat(say(session, "[1,")).isEmpty();
      assertThat(session.prompt()).isEqualTo("... ");
      assertThat(say(session, "2]")).isEqualTo("[ 1, 2 ]\n");
      assertThat(session.prompt()).isEqualTo("> ");
      assertThat(say(session, "fs.existsSync('/')")).isEqualTo("true\n");
      assertThat(say(session, "nowhere")).startsWith("Uncaught prompt:1\n");
    }
  }

  @Test
  void promisesAreAwaited() throws Exception {
    try (Host host = host()) {
      PromptSession session = new PromptSession(host, out);
      assertThat(say(session, "await Promise.resolve(5)")).isEqualTo("5\n");
      assertThat(say(session, "const { a, b } = await { a: 1, b: 2 }", "a + b")).isEqualTo("3\n");
      assertThat(say(session, "const c = await 4", "c")).isEqualTo("4\n");
      assertThat(say(session, "await Promise.reject(new RangeError('no'))"))
          .startsWith("Uncaught ")
          .contains("RangeError: no");
    }
  }

  @Test
  void commandsBeginWithADot() throws Exception {
    try (Host host = host()) {
      PromptSession session = new PromptSession(host, out);
      assertThat(say(session, ".help")).contains(".editor");
      assertThat(say(session, "[1,", ".break", "7")).isEqualTo("7\n");
      assertThat(say(session, ".nothing")).isEqualTo("Invalid REPL keyword\n");
      Path saved = folder.resolve("saved.js");
      assertThat(say(session, ".save " + saved)).startsWith("Session saved to");
      assertThat(Files.readString(saved)).isEqualTo("[1,\n7\n");
      Files.writeString(saved, "var loaded =\n 3;\nloaded * 2");
      assertThat(say(session, ".load " + saved)).isEqualTo("6\n");
      say(session, ".editor", "var e = 1", "", "e + 1");
      output.reset();
      assertThat(session.end()).isTrue();
      assertThat(shown()).isEqualTo("2\n");
      assertThat(session.accept(".exit")).isFalse();
    }
  }

  @Test
  void interruptGivesUpALineAndTwiceEnds() throws Exception {
    try (Host host = host()) {
      PromptSession session = new PromptSession(host, out);
      say(session, "{");
      assertThat(session.interrupt("")).isTrue();
      assertThat(session.prompt()).isEqualTo("> ");
      assertThat(session.interrupt("typed")).isTrue();
      assertThat(session.interrupt("")).isTrue();
      assertThat(shown()).contains("(To exit, press Ctrl-C again");
      assertThat(session.interrupt("")).isFalse();
    }
  }

  @Test
  void namesAreCompleted() throws Exception {
    try (Host host = host()) {
      PromptSession session = new PromptSession(host, out);
      assertThat(session.complete("1 + setTimeo")).containsExactly("setTimeout");
      assertThat(session.complete("process.platf")).containsExactly("platform");
      assertThat(session.complete("x(Math.ma")).containsExactly("max");
      assertThat(session.complete("nowhere.a")).isEmpty();
      assertThat(session.complete(".ex")).containsExactly("exit");
    }
  }

  @Test
  void aTerminalGivesLinesAndItsHistoryIsKept() throws Exception {
    try (Host host = host()) {
      ByteArrayInputStream typed =
          new ByteArrayInputStream("6 * 7\n_ * 2\n.exit\n".getBytes(StandardCharsets.UTF_8));
      Terminal terminal = new DumbTerminal("test", "dumb", typed, output, StandardCharsets.UTF_8);
      new LineEditor(new PromptSession(host, out), host.settings(), terminal).run();
      assertThat(shown()).contains("42\n").contains("84\n");
      assertThat(Files.readString(folder.resolve("evented").resolve("history"))).contains("6 * 7");
    }
  }
}
