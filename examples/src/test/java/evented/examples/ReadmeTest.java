package evented.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the README shows is what there is. */
class ReadmeTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  private static List<String> javaSnippets() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    return Pattern.compile("(?s)```java\n(.*?)```")
        .matcher(readme)
        .results()
        .map(snippet -> snippet.group(1))
        .toList();
  }

  static Stream<String> statements() throws IOException {
    return javaSnippets().stream();
  }

  @Test
  void theFirstSnippetIsTheEchoExample() throws IOException {
    String example = Files.readString(ROOT.resolve("examples/Echo.java"));
    String body = example.substring(example.indexOf("    var server ="), example.indexOf("  }\n}"));
    String snippet = javaSnippets().get(0).replace("8124", "port");
    assertThat(body.stripTrailing().stripIndent()).isEqualTo(snippet.strip());
  }

  @Test
  void theFirstScriptIsTheEchoExample() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    assertThat(readme)
        .contains("```js\n" + Files.readString(ROOT.resolve("examples/echo.js")) + "```");
  }

  @ParameterizedTest
  @MethodSource("statements")
  void everySnippetCompiles(String statements, @TempDir Path folder) {
    String source =
        "import evented.net.*;\nimport evented.net.js.*;\nimport java.nio.file.Path;\n"
            + "class Snippet { Stream stream; void run() throws Exception {\n"
            + statements
            + "\n} }\n";
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of("-cp", System.getProperty("java.class.path"), "-d", folder.toString());
    JavaFileObject file =
        new SimpleJavaFileObject(URI.create("string:///Snippet.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    boolean compiled = compiler.getTask(messages, null, null, options, null, List.of(file)).call();
    assertThat(compiled).as("%s\n%s", messages, source).isTrue();
  }

  @Test
  void everyFileThatItLinksToIsThere() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    assertThat(Pattern.compile("\\]\\(([^)#:]+)\\)").matcher(readme).results())
        .isNotEmpty()
        .allSatisfy(link -> assertThat(ROOT.resolve(link.group(1))).exists());
  }
}
