package evented.net;

import org.junit.jupiter.api.Test;

/**
 * Random lives of a stream against a socket of the JDK's own: what of {@link StreamModelTest} can
 * be known where there is a kernel, with its own time. A life that fails is named by its seed;
 * {@code -Devented.seed=…} plays that one alone, again and again.
 */
class SocketModelTest {
  private static final int LIVES = 2000;
  private static final int LIVES_OF_A_LOOP = 200;
  private static final int REPLAYS = 100;

  @Test
  void aStreamOverSocketsLivesAsTheModelSays() {
    Long only = Long.getLong("evented.seed");
    if (only != null) {
      try (TestNet net = new TestNet()) {
        for (int i = 0; i < REPLAYS; i++) { // the kernel's part in it is not always the same
          new SocketLife(net, only).live();
        }
      }
      return;
    }
    try (TestNet net = new TestNet()) {
      new SocketLife(net, 0).live(); // what is loaded once may keep a descriptor
    }
    long before = Descriptors.count();
    for (long seed = 0; seed < LIVES; ) {
      try (TestNet net = new TestNet()) {
        for (int i = 0; i < LIVES_OF_A_LOOP; i++) {
          new SocketLife(net, seed++).live();
        }
      }
    }
    Await.until("all descriptors are free", () -> Descriptors.count() <= before);
  }
}
