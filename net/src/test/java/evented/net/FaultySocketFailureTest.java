package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults F17, F18 and F37 in the kernel's place: a C library whose socket calls fail. */
class FaultySocketFailureTest {
  @TempDir static Path folder;
  private static FaultySockets faults;

  @BeforeAll
  static void compile() {
    faults = FaultySockets.compile(folder);
  }

  /** Opens a stream to {@code address} and waits until it has been echoed once. */
  private static EventLog openEchoed(FaultRig rig, SocketAddress address, Stream[] opened) {
    Stream stream = rig.connect(address);
    opened[0] = stream;
    EventLog log = EventLog.of(stream);
    stream.write("before");
    log.awaitText("before");
    return log;
  }

  /** The {@code code} of the next call of {@code kind} is one error and close(true). */
  private static void assertOneError(FaultRig.Way way, String kind, List<String> codes) {
    try (FaultRig rig = new FaultRig(way, faults)) {
      SocketAddress address = rig.listen();
      int socketsBefore = rig.sockets();
      Stream[] opened = {null};
      int number = 0;
      for (String code : codes) {
        EventLog log = openEchoed(rig, address, opened);
        rig.rules(kind + ":" + code + ":times=1");
        opened[0].write("after");
        assertThat(rig.awaitEvents(++number))
            .containsExactly("connect", "error " + code, "close true");
        assertThat(faults.hits()).containsExactly(1L);
        log.awaitClose();
        rig.awaitSockets(socketsBefore);
      }
      rig.awaitIdle();
      rig.rules();
      openEchoed(rig, address, opened);
      opened[0].destroy();
    }
  }

  @ParameterizedTest
  @EnumSource
  void F17_aFailedReadIsOneErrorWithItsCode(FaultRig.Way way) {
    assertOneError(
        way, "receive", List.of("ECONNRESET", "ETIMEDOUT", "EIO", "ENOBUFS", "EHOSTUNREACH"));
  }

  @ParameterizedTest
  @EnumSource
  void F18_aFailedWriteIsOneErrorWithItsCode(FaultRig.Way way) {
    assertOneError(way, "send", List.of("EPIPE", "ENOBUFS", "ECONNRESET", "EIO", "ENOMEM"));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TLS_OVER_UNIX")
  void F18_aWriteThatFailsUnderBackPressureIsOneErrorAndNoDrain(FaultRig.Way way) {
    try (FaultRig rig = new FaultRig(way, faults)) {
      SocketAddress address = rig.listen();
      int socketsBefore = rig.sockets();
      rig.rules("send:ENOBUFS:at=20:times=1");
      Stream stream = rig.connect(address);
      Echoed.begin(stream, 16 << 20, FaultySockets.SEED);
      assertThat(rig.awaitEvents(1)).containsExactly("connect", "error ENOBUFS", "close true");
      rig.awaitSockets(socketsBefore);
      rig.awaitIdle();
    }
  }

  /** Has the program send a FIN first, which fails, and gives the events of its stream. */
  private static List<String> endWith(FaultRig.Way way, String code) {
    try (FaultRig rig = new FaultRig(way, faults)) {
      SocketAddress address =
          rig.net()
              .listen(
                  way.wire,
                  rig.net()
                      .server(stream -> stream.onEnd(() -> stream.end("goodbye")))
                      .allowHalfOpen(true));
      int socketsBefore = rig.sockets();
      rig.haveConnect(address);
      rig.child().awaitLine("stream 1 connect");
      rig.rules("shutdown:" + code + ":times=1");
      rig.child().tell("end");
      Await.until("a shutdown has failed", () -> faults.hits().equals(List.of(1L)));
      List<String> events = rig.awaitEvents(1);
      rig.awaitSockets(socketsBefore);
      return events;
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TCP", "UNIX"})
  void F18_aFinThatCannotBeSentIsOneError(FaultRig.Way way) {
    assertThat(endWith(way, "ENOBUFS")).containsExactly("connect", "error ENOBUFS", "close true");
  }

  @ParameterizedTest
  @EnumSource
  void F18_aCloseThatFailsHasFreedTheDescriptor(FaultRig.Way way) {
    try (FaultRig rig = new FaultRig(way, faults)) {
      SocketAddress address = rig.listen();
      int socketsBefore = rig.sockets();
      Stream[] opened = {null};
      int number = 0;
      for (String code : List.of("EINTR", "EIO")) {
        EventLog log = openEchoed(rig, address, opened);
        rig.rules("close:" + code + ":times=1");
        opened[0].end();
        assertThat(rig.awaitEvents(++number)).containsExactly("connect", "end", "close false");
        log.awaitClose();
        rig.awaitSockets(socketsBefore);
        assertThat(faults.hits()).containsExactly(1L);
      }
      rig.awaitIdle();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TCP", "UNIX"})
  void F17_aConnectThatFailsIsOneErrorWithItsCode(FaultRig.Way way) {
    try (FaultRig rig = new FaultRig(way, faults)) {
      SocketAddress address = rig.net().serve(way.wire, stream -> stream.onData(stream::write));
      int socketsBefore = rig.sockets();
      int number = 0;
      for (String code :
          List.of(
              "ECONNREFUSED", "ETIMEDOUT", "EACCES", "EHOSTUNREACH", "ENETUNREACH", "ENOBUFS")) {
        rig.rules("connect:" + code + ":times=1");
        rig.haveConnect(address);
        assertThat(rig.awaitEvents(++number)).containsExactly("error " + code, "close true");
        assertThat(faults.hits()).containsExactly(1L);
        rig.awaitSockets(socketsBefore);
      }
      rig.awaitIdle();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TCP", "UNIX"})
  void F37_anAcceptThatFailsIsSaidInOneLineAndTheServerGoesOn(FaultRig.Way way) {
    try (FaultRig rig = new FaultRig(way, faults)) {
      Stream[] opened = {null};
      int number = 0;
      for (String code : List.of("ENOBUFS", "ENOMEM", "EPERM", "EMFILE", "ENFILE", "EIO")) {
        SocketAddress address = rig.listen(); // each server says it once in five seconds
        rig.rules("accept:" + code + ":times=3");
        openEchoed(rig, address, opened);
        opened[0].end();
        assertThat(rig.awaitEvents(++number)).containsExactly("connect", "end", "close false");
        assertThat(faults.hits()).containsExactly(3L);
        assertThat(rig.child().lines())
            .filteredOn(line -> line.contains("(accept " + code + ")"))
            .hasSize(1);
      }
      rig.awaitIdle();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TCP", "UNIX"})
  void F37_aServerThatCannotAcceptIsIdleAndServesItsStreams(FaultRig.Way way) {
    try (FaultRig rig = new FaultRig(way, faults)) {
      SocketAddress address = rig.listen();
      Stream[] opened = {null};
      EventLog served = openEchoed(rig, address, opened);
      Stream before = opened[0];
      rig.rules("accept:ENOMEM");
      EventLog waiting = EventLog.of(rig.connect(address));
      waiting.await("connect"); // by the kernel
      Await.until("an accept has failed", () -> faults.hits().equals(List.of(1L)));
      rig.awaitIdle();
      before.write("still there?");
      served.awaitText("still there?");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TCP", "UNIX"})
  void F37_aConnectionThatIsGoneBeforeItsAcceptCostsNoPause(FaultRig.Way way) {
    try (FaultRig rig = new FaultRig(way, faults)) {
      SocketAddress address = rig.listen();
      rig.rules("accept:ECONNABORTED:times=2", "accept:EPROTO:times=2", "accept:EAGAIN:times=2");
      openEchoed(rig, address, new Stream[1]);
      assertThat(faults.hits()).containsExactly(2L, 2L, 2L);
      assertThat(rig.child().lines()).noneMatch(line -> line.contains("Cannot accept"));
    }
  }

  @Test
  void theLibraryLeavesFilesAndPipesAlone() {
    try (FaultRig rig = new FaultRig(FaultRig.Way.TCP, faults)) {
      rig.rules("receive:EIO", "send:EIO", "close:EIO");
      rig.sockets(); // told over pipes, and counted in a folder
      assertThat(faults.hits()).containsExactly(0L, 0L, 0L);
    }
  }
}
