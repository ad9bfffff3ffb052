package evented.net;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameStartingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Keeps the borders that the design draws. */
@org.junit.jupiter.api.Tag("values")
class ArchitectureTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPath(mainClasses());

  private static final DescribedPredicate<JavaClass> OF_A_NETTY_FILE =
      DescribedPredicate.describe("of a Netty… file", ArchitectureTest::isOfNettyFile);

  private static Path mainClasses() {
    try {
      return Path.of(Net.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (java.net.URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isOfNettyFile(JavaClass type) {
    return type.getPackageName().equals("evented.net")
        && type.getName().substring("evented.net.".length()).startsWith("Netty");
  }

  @Test
  void onlyNettyFilesUseNetty() {
    noClasses()
        .that(DescribedPredicate.not(OF_A_NETTY_FILE))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.netty..")
        .check(MAIN);
  }

  @Test
  void onlyNettyFilesMentionNettysPackage() throws Exception {
    try (var files = Files.list(Path.of("src/main/java/evented/net"))) {
      for (Path file : files.toList()) {
        if (!file.getFileName().toString().startsWith("Netty")) {
          assertThat(file).content().as(file.toString()).doesNotContain("io.netty");
        }
      }
    }
  }

  @Test
  void ofTheNettyFilesOthersUseTheLoopAndTheTlsEngineAlone() {
    noClasses()
        .that(DescribedPredicate.not(OF_A_NETTY_FILE))
        .should()
        .dependOnClassesThat(
            OF_A_NETTY_FILE.and(
                DescribedPredicate.describe(
                    "other than NettyLoop, and NettyTls in Credentials",
                    type ->
                        !type.getSimpleName().equals("NettyLoop")
                            && !type.getSimpleName().equals("NettyTls"))))
        .check(MAIN);
    classes()
        .that(simpleNameStartingWith("NettyLoop"))
        .should()
        .onlyBeAccessed()
        .byClassesThat(
            OF_A_NETTY_FILE.or(
                DescribedPredicate.describe(
                    "Loop or TransportType",
                    type ->
                        Set.of(
                                "evented.net.Loop",
                                "evented.net.Loop$Shared",
                                "evented.net.TransportType")
                            .contains(type.getName()))))
        .check(MAIN);
  }

  @Test
  void noNettyTypeShowsInTheApi() throws Exception {
    for (Class<?> type : ApiDumpTest.publicTypes()) {
      assertThat(type.getSimpleName()).doesNotStartWith("Netty");
      List<Executable> members = new ArrayList<>(Arrays.asList(type.getDeclaredMethods()));
      members.addAll(Arrays.asList(type.getDeclaredConstructors()));
      for (Executable member : members) {
        if (Modifier.isPublic(member.getModifiers())
            || Modifier.isProtected(member.getModifiers())) {
          assertThat(member.toGenericString()).doesNotContain("netty").doesNotContain("Netty");
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
