package evented.net;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What docs/semantics.md and docs/faults.md say of rows and tests is what the sources say. */
@Tag("values")
class DocumentedRowsTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  /** A row's name where it is one, and not part of a longer word. */
  private static final String ROW = "(?<![\\w-])[OSCRWTFI][1-9]\\d?(?![\\w.-])";

  private static final Pattern TEST_METHOD = Pattern.compile("\\bvoid (\\w+)\\(");

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> matches(String regex, String text) {
    return Pattern.compile(regex).matcher(text).results().map(MatchResult::group);
  }

  /** The files of a folder of each module, at any depth. */
  private static List<Path> files(String folder, String suffix) {
    return Stream.of("net", "net-js", "examples")
        .map(module -> ROOT.resolve(module).resolve(folder))
        .filter(Files::isDirectory)
        .flatMap(
            top -> {
              try {
                return Files.walk(top);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .filter(file -> file.toString().endsWith(suffix))
        .toList();
  }

  private static String documents() {
    return read(ROOT.resolve("docs/semantics.md")) + read(ROOT.resolve("docs/faults.md"));
  }

  private static Set<String> documentedRows() {
    return Pattern.compile("(?m)^\\| (" + ROW + ") \\|")
        .matcher(documents())
        .results()
        .map(row -> row.group(1))
        .collect(toCollection(TreeSet::new));
  }

  /** {@code Class.method} of each test in Java, and {@code rows/file} of each in JavaScript. */
  private static Set<String> tests() {
    Set<String> tests = new TreeSet<>();
    for (Path file : files("src/test/java", "Test.java")) {
      String name = file.getFileName().toString().replace(".java", "");
      tests.add(name);
      TEST_METHOD.matcher(read(file)).results().forEach(m -> tests.add(name + "." + m.group(1)));
    }
    for (Path file : files("src/test/js/rows", ".js")) {
      tests.add("rows/" + file.getFileName());
    }
    return tests;
  }

  /** The rows that a test's name begins with. */
  private static Stream<String> rowsOf(String test) {
    return matches("(?<=[./]|[._][A-Z]\\d{1,2}_)[A-Z]\\d{1,2}(?=[_-])", test);
  }

  @Test
  void everyRowThatATestIsNamedAfterIsDocumented() {
    assertThat(documentedRows())
        .containsAll(tests().stream().flatMap(DocumentedRowsTest::rowsOf).toList());
  }

  @Test
  void everyRowThatTheSourcesNameIsDocumented() {
    Set<String> documented = documentedRows();
    for (Path file : files("src/main", ".java")) {
      matches("(?m)^ *(/?\\*|//).*|//.*", read(file))
          .flatMap(comment -> matches(ROW, comment))
          .forEach(row -> assertThat(documented).as(file.toString()).contains(row));
    }
  }

  @Test
  void everyTestThatIsNamedExists() {
    Set<String> tests = tests();
    List<String> named =
        matches("(?<=`)(\\w+Test(\\.\\w+\\*?)?|rows/[^`…]+)(?=`)", documents()).toList();
    assertThat(named).hasSizeGreaterThan(100);
    assertThat(named)
        .allSatisfy(
            name -> {
              String regex = Pattern.quote(name).replace("*", "\\E.*\\Q");
              assertThat(tests).anyMatch(test -> test.matches(regex));
            });
  }

  @Test
  void noRowWithATestIsSaidToHaveNone() {
    Set<String> held =
        tests().stream().flatMap(DocumentedRowsTest::rowsOf).collect(toCollection(TreeSet::new));
    assertThat(documents().lines().filter(line -> line.endsWith("| no test yet |")))
        .allSatisfy(
            line -> assertThat(held).doesNotContain(line.substring(2, line.indexOf(' ', 2))));
  }

  @Test
  void noRowIsThereTwice() {
    assertThat(matches("(?m)^\\| " + ROW + " \\|", documents())).doesNotHaveDuplicates();
  }
}
