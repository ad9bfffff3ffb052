package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults F13 and F18 in the kernel's place: a C library whose calls fall short or do nothing. */
class FaultySocketTransferTest {
  private static final int BYTES = 16 << 20;

  @TempDir static Path folder;
  private static FaultySockets faults;

  @BeforeAll
  static void compile() {
    faults = FaultySockets.compile(folder);
  }

  private static void assertSameBytes(FaultRig.Way way, String... rules) {
    try (FaultRig rig = new FaultRig(way, faults)) {
      var address = rig.listen();
      int socketsBefore = rig.sockets();
      rig.rules(rules);
      Stream stream = rig.connect(address);
      CompletableFuture<Boolean> equal = Echoed.begin(stream, BYTES, FaultySockets.SEED);
      assertThat(Await.get(equal)).as("seed %d", FaultySockets.SEED).isTrue();
      assertThat(rig.awaitEvents(1)).containsExactly("connect", "end", "close false");
      // Had the library not been in the way, the bytes would be the same.
      assertThat(faults.hits()).hasSize(rules.length).allSatisfy(n -> assertThat(n).isPositive());
      rig.awaitSockets(socketsBefore);
      rig.awaitIdle();
    }
  }

  @ParameterizedTest
  @EnumSource
  void F13_F18_shortReadsAndWritesBringTheSameBytes(FaultRig.Way way) {
    assertSameBytes(
        way,
        "receive:short:every=3",
        "receive:short:percent=30:most=3000",
        "send:short:every=3",
        "send:short:percent=30:most=3000");
  }

  @ParameterizedTest
  @EnumSource
  void F13_F18_interruptedAndVainCallsGoUnnoticed(FaultRig.Way way) {
    assertSameBytes(
        way,
        "accept:EINTR:times=2",
        "accept:EAGAIN:times=2",
        "receive:EINTR:percent=20",
        "receive:EAGAIN:percent=20",
        "send:EINTR:percent=20",
        "send:EAGAIN:percent=20",
        "wait:EINTR:every=2");
  }
}
