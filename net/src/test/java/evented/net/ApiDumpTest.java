package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Compares the public API with the one that is checked in, so that a change shows in the diff. */
@org.junit.jupiter.api.Tag("values")
class ApiDumpTest {
  private static final Path CHECKED_IN = Path.of("src/test/resources/api.txt");

  @Test
  void theApiIsTheOneThatIsCheckedIn() throws Exception {
    String now = dump();
    if (Boolean.getBoolean("api.update")) {
      Files.createDirectories(CHECKED_IN.getParent());
      Files.writeString(CHECKED_IN, now);
    }
    assertThat(now)
        .as(
            "the public API; if the change is meant, run"
                + " mvn -pl net test -Dtest=ApiDumpTest -Dapi.update=true"
                + " and check in net/src/test/resources/api.txt")
        .isEqualTo(Files.exists(CHECKED_IN) ? Files.readString(CHECKED_IN) : "");
  }

  static List<Class<?>> publicTypes() throws Exception {
    Path classes =
        Path.of(Net.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .resolve("evented/net");
    List<Class<?>> types = new ArrayList<>();
    try (var files = Files.list(classes)) {
      for (Path file : files.sorted(Comparator.comparing(Path::toString)).toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".class") && !name.startsWith("package-info")) {
          Class<?> type =
              Class.forName(
                  "evented.net." + name.substring(0, name.length() - ".class".length()),
                  /* initialize= */ false,
                  Net.class.getClassLoader());
          if (isExported(type)) {
            types.add(type);
          }
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return types;
  }

  private static boolean isExported(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return isVisible(type.getModifiers())
        && !type.isAnonymousClass()
        && (outer == null || isExported(outer));
  }

  private static boolean isVisible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static String dump() throws Exception {
    return publicTypes().stream().map(ApiDumpTest::dump).collect(Collectors.joining("\n"));
  }

  private static String dump(Class<?> type) {
    List<String> members = new ArrayList<>();
    for (Field field : type.getDeclaredFields()) {
      if (isVisible(field.getModifiers()) && !field.isSynthetic()) {
        members.add(field.toGenericString());
      }
    }
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (isVisible(constructor.getModifiers()) && !constructor.isSynthetic()) {
        members.add(signature(constructor, constructor.toGenericString()));
      }
    }
    for (Method method : type.getDeclaredMethods()) {
      if (isVisible(method.getModifiers()) && !method.isSynthetic()) {
        members.add(signature(method, method.toGenericString()));
      }
    }
    return members.stream()
        .sorted()
        .map(member -> "  " + shorten(member.replace(type.getName() + ".", "")) + "\n")
        .collect(Collectors.joining("", shorten(header(type)) + " {\n", "}\n"));
  }

  private static String header(Class<?> type) {
    String parents =
        Arrays.stream(type.getGenericInterfaces())
            .map(Type::getTypeName)
            .sorted()
            .collect(Collectors.joining(", "));
    Type parent = type.getGenericSuperclass();
    // Newer compilers seal an enum whose constants have bodies; to its users that is all one.
    return type.toGenericString().replace("sealed enum", "enum")
        + (parent == null || parent == Object.class ? "" : " extends " + parent.getTypeName())
        + (parents.isEmpty() ? "" : " implements " + parents);
  }

  /** With the parameters' names, which are part of what users read. */
  private static String signature(Executable executable, String generic) {
    if (Arrays.stream(executable.getParameters()).noneMatch(Parameter::isNamePresent)) {
      return generic;
    }
    String named =
        Arrays.stream(executable.getParameters())
            .map(p -> p.getParameterizedType().getTypeName() + " " + p.getName())
            .collect(Collectors.joining(", ", "(", ")"));
    int end = generic.lastIndexOf(')');
    return generic.substring(0, generic.indexOf('(')) + named + generic.substring(end + 1);
  }

  private static String shorten(String text) {
    return text.replace("java.lang.", "").replace("evented.net.", "");
  }
}
