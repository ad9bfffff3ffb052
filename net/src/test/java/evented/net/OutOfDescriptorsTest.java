package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is begun while no descriptor is free. */
class OutOfDescriptorsTest {
  @Test
  void F36_connectFailsWithEmfileAndWorksAgainOnceOneIsFree() {
    try (ChildJvm child = ChildJvm.startWithDescriptors(120, ScarceDescriptorsProgram.class)) {
      child.awaitLine("listening on ");
      child.tell("connect"); // has its classes loaded, for which it takes descriptors here
      child.awaitLine("one has left");
      child.tell("exhaust");
      child.awaitLine("exhausted");
      child.tell("connect");
      assertThat(child.awaitLine("error ")).startsWith("connect EMFILE 127.0.0.1:");
      child.awaitLine("close true");
      child.tell("free");
      child.awaitLine("freed");
      child.tell("connect");
      Await.until(
          "it connects again",
          () -> child.lines().stream().filter("connected"::equals).count() == 2);
    }
  }

  @Test
  void F36_listenFailsWithEmfileAndWorksAgainOnceOneIsFree() {
    try (ChildJvm child = ChildJvm.startWithDescriptors(120, ScarceDescriptorsProgram.class)) {
      child.awaitLine("listening on ");
      child.tell("connect"); // has classes loaded
      child.awaitLine("one has left");
      child.tell("exhaust");
      child.awaitLine("exhausted");
      child.tell("listen");
      assertThat(child.awaitLine("second error ")).startsWith("listen EMFILE 127.0.0.1:");
      child.awaitLine("second closed");
      child.tell("free");
      child.awaitLine("freed");
      child.tell("listen");
      child.awaitLine("second listens");
    }
  }
}
