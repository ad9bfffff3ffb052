package evented.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
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

/** What the README and the page on certificates show is what there is. */
class ReadmeTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  private static List<String> javaSnippets() throws IOException {
    return javaSnippets("README.md");
  }

  private static List<String> javaSnippets(String file) throws IOException {
    String readme = Files.readString(ROOT.resolve(file));
    return Pattern.compile("(?s)```java\n(.*?)```")
        .matcher(readme)
        .results()
        .map(snippet -> snippet.group(1))
        .toList();
  }

  static Stream<String> statements() throws IOException {
    return Stream.of("README.md", "docs/certificates.md", "docs/operations.md")
        .flatMap(
            file -> {
              try {
                return javaSnippets(file).stream();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  @Test
  void theFirstSnippetIsTheEchoExample() throws IOException {
    String example = Files.readString(ROOT.resolve("examples/Echo.java"));
    assertThat(fromServerOn(example)).isEqualTo(javaSnippets().get(0).replace("8124", "port"));
  }

  @Test
  void theProxyIsTheProxyExample() throws IOException {
    String example =
        Files.readString(ROOT.resolve("examples/Proxy.java"))
            .replace("hostPort, host", "8124, \"localhost\"")
            .replace("listen(port,", "listen(8080,");
    assertThat(javaSnippets()).contains(fromServerOn(example));
  }

  /** What an example's main does once it has read its arguments, and the methods below it. */
  private static String fromServerOn(String example) {
    int start = example.indexOf("    var server =");
    int end = example.indexOf("  }\n", start);
    String statements = example.substring(start, end).stripTrailing().stripIndent();
    String methods =
        example.substring(end + 4, example.lastIndexOf('}')).stripTrailing().stripIndent();
    return (statements + "\n" + methods).stripTrailing() + "\n";
  }

  @Test
  void theFirstScriptIsTheEchoExample() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    assertThat(readme)
        .contains("```js\n" + Files.readString(ROOT.resolve("examples/echo.js")) + "```");
  }

  @ParameterizedTest
  @MethodSource("statements")
  void everySnippetCompiles(String snippet, @TempDir Path folder) {
    Matcher methods = Pattern.compile("(?m)^(/\\*\\*|private) ").matcher(snippet);
    int end = methods.find() ? methods.start() : snippet.length();
    String source =
        "import evented.net.*;\nimport evented.net.js.*;\nimport java.nio.file.Path;\nimport java.time.Duration;\n"
            + "import java.util.List;\nimport java.util.concurrent.atomic.AtomicReference;\n"
            + "class Snippet { Stream stream; Credentials first, other, another;"
            + " void run() throws Exception {\n"
            + snippet.substring(0, end)
            + "\n}\n"
            + snippet.substring(end)
            + "}\n";
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
