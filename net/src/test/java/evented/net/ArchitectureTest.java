package evented.net;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Keeps the borders that the design draws. */
@org.junit.jupiter.api.Tag("values")
class ArchitectureTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPath(mainClasses());

  /** The rooms of the library; a class is in the first that claims its file. */
  private enum Room {
    NIO(name -> name.startsWith("Nio")),
    EPOLL(name -> name.startsWith("Epoll") || name.equals("Libc") || name.equals("Linux")),
    TLS(name -> name.startsWith("Tls")),
    SEAM(Set.of("Transport", "Socket", "Listener")::contains),
    ENGINE(
        Set.of(
                "BlockingPipe",
                "Connection",
                "Connector",
                "Counters",
                "DataListener",
                "FlightEvents",
                "IdleTimer",
                "ListenSocket",
                "Liveness",
                "PeerTrust",
                "LoopEmitter",
                "LoopLag",
                "LoopThread",
                "ReadHalf",
                "Reports",
                "Resolver",
                "Shutdown",
                "SocketOptions",
                "StreamEngine",
                "StreamPipe",
                "TimerQueue",
                "UnixSocketFile",
                "UnixSocketLock",
                "WriteHalf",
                "WriteQueue")
            ::contains),
    /** What every room may use: bytes, text, addresses and errors. */
    VALUES(
        Set.of(
                "BinaryText",
                "Buffer",
                "Encoding",
                "Endpoint",
                "ErrorCode",
                "ExceptionCodes",
                "IpAddress",
                "NetException",
                "ReadyState",
                "TextDecoder")
            ::contains),
    API(name -> true);

    private final Predicate<String> claims;

    Room(Predicate<String> claims) {
      this.claims = claims;
    }

    static Room of(JavaClass type) {
      String file = type.getName().substring("evented.net.".length()).replaceAll("\\$.*", "");
      for (Room room : values()) {
        if (room.claims.test(file)) {
          return room;
        }
      }
      throw new AssertionError();
    }

    /** The rooms that a class of this one may know beside its own. */
    Set<Room> mayKnow() {
      return switch (this) {
        case VALUES -> Set.of();
        case SEAM -> Set.of(VALUES);
        case NIO, EPOLL, TLS -> Set.of(SEAM, VALUES);
        case ENGINE -> Set.of(SEAM, VALUES, TLS, API);
        case API -> Set.of(ENGINE, SEAM, VALUES, TLS, NIO);
      };
    }
  }

  /** What a class depends on within the library, by the files of both. */
  private static Map<String, Set<String>> dependencies() {
    Map<String, Set<String>> all = new TreeMap<>();
    for (JavaClass type : MAIN) {
      Set<String> of = all.computeIfAbsent(fileOf(type), file -> new TreeSet<>());
      type.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType())
          .filter(target -> target.getName().startsWith("evented.net."))
          .map(ArchitectureTest::fileOf)
          .filter(target -> !target.equals(fileOf(type)))
          .forEach(of::add);
    }
    return all;
  }

  private static String fileOf(JavaClass type) {
    return type.getName().substring("evented.net.".length()).replaceAll("\\$.*", "");
  }

  private static Room roomOf(String file) {
    return Room.of(MAIN.get("evented.net." + file));
  }

  private static Path mainClasses() {
    try {
      return Path.of(Net.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (java.net.URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void eachRoomKnowsOnlyWhatItMay() {
    dependencies()
        .forEach(
            (file, targets) -> {
              Room room = roomOf(file);
              for (String target : targets) {
                Room of = roomOf(target);
                assertThat(of == room || room.mayKnow().contains(of))
                    .as("%s (%s) knows %s (%s)", file, room, target, of)
                    .isTrue();
              }
            });
  }

  @Test
  void noCycleOfTypesCrossesARoom() {
    Map<String, Set<String>> dependencies = dependencies();
    for (String file : dependencies.keySet()) {
      for (String target : dependencies.get(file)) {
        if (roomOf(file) != roomOf(target)) {
          assertThat(reachable(target, dependencies))
              .as("%s knows %s, which leads back to it", file, target)
              .doesNotContain(file);
        }
      }
    }
  }

  private static Set<String> reachable(String from, Map<String, Set<String>> dependencies) {
    Set<String> reached = new TreeSet<>();
    Deque<String> left = new ArrayDeque<>(Set.of(from));
    while (!left.isEmpty()) {
      String file = left.pop();
      if (reached.add(file)) {
        left.addAll(dependencies.getOrDefault(file, Set.of()));
      }
    }
    return reached;
  }

  @Test
  void onlyTheFilesOfBoringSslMentionNetty() throws Exception {
    try (var files = Files.list(Path.of("src/main/java/evented/net"))) {
      for (Path file : files.toList()) {
        if (!file.getFileName().toString().startsWith("TlsBoring")) {
          assertThat(file).content().as(file.toString()).doesNotContain("io.netty");
        }
      }
    }
  }

  @Test
  void publicClassesAreFinalUnlessMeantForExtension() throws Exception {
    for (Class<?> type : ApiDumpTest.publicTypes()) {
      boolean open = type == EventEmitter.class || type == NetException.class;
      if (!open && !type.isInterface() && !type.isEnum()) {
        assertThat(Modifier.isFinal(type.getModifiers())).as(type + " is final").isTrue();
      }
    }
  }

  @Test
  void theLibraryNeitherExitsNorSleepsNorPrints() {
    noClasses().should().callMethod(System.class, "exit", int.class).check(MAIN);
    noClasses().should().callMethod(Thread.class, "sleep", long.class).check(MAIN);
    noClasses().should().callMethod(Throwable.class, "printStackTrace").check(MAIN);
    noClasses().should().accessField(System.class, "out").check(MAIN);
    noClasses().should().accessField(System.class, "err").check(MAIN);
  }
}
