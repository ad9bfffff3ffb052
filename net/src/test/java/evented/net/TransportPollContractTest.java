package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import evented.net.TransportRig.Pair;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link Transport#poll} and {@link Transport#wakeUp} promise, on every transport. */
@Tag("values") // it opens each transport itself
class TransportPollContractTest {
  private static final String ALL = "evented.net.TransportSetting#all";
  private static final String KERNELS = "evented.net.TransportSetting#kernels";
  private static final byte[] BYTE = {1};

  // Sleeping.

  @ParameterizedTest
  @MethodSource(KERNELS)
  void aSleepEndsWhenItsTimeIsOver(TransportSetting setting) {
    try (TransportRig rig = new TransportRig(setting)) {
      assertThat(rig.millisOfPoll(50)).isBetween(49L, Await.DEADLINE.toMillis());
    }
  }

  @ParameterizedTest
  @MethodSource(KERNELS)
  void aSleepThatIsShorterThanAMillisecondIsOne(TransportSetting setting) {
    try (TransportRig rig = new TransportRig(setting)) {
      long before = System.nanoTime();
      rig.transport.poll(500_000);
      assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(490_000);
    }
  }

  @ParameterizedTest
  @MethodSource(KERNELS)
  void aWakeUpBeforeASleepEndsIt(TransportSetting setting) {
    try (TransportRig rig = new TransportRig(setting)) {
      rig.transport.wakeUp();
      assertNoSleep(rig);
    }
  }

  /** Fails, rather than never to return, if nothing ends the sleep. */
  private static void assertNoSleep(TransportRig rig) {
    assertThat(rig.millisOfPoll(Await.DEADLINE.toMillis())).isLessThan(Await.DEADLINE.toMillis());
  }

  @ParameterizedTest
  @MethodSource(KERNELS)
  void aWakeUpFromAnotherThreadEndsASleepWithoutALimit(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      CountDownLatch polls = new CountDownLatch(1);
      Thread other =
          new Thread(
              () -> {
                Await.until("the loop polls", () -> polls.getCount() == 0);
                rig.transport.wakeUp();
              });
      other.start();
      polls.countDown();
      rig.transport.poll(-1);
      other.join();
    }
  }

  @ParameterizedTest
  @MethodSource(KERNELS)
  void manyWakeUpsEndOneSleep(TransportSetting setting) {
    try (TransportRig rig = new TransportRig(setting)) {
      for (int i = 0; i < 1000; i++) {
        rig.transport.wakeUp();
      }
      assertNoSleep(rig);
      rig.pollSomeTimes();
      assertThat(rig.millisOfPoll(50)).isGreaterThanOrEqualTo(49);
    }
  }

  @ParameterizedTest
  @MethodSource(KERNELS)
  void closingASocketDoesNotSwallowAWakeUp(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Pair pair = rig.pair();
      pair.socket().want(true, false);
      rig.pollSomeTimes();
      rig.transport.wakeUp();
      rig.close(pair.socket());
      assertNoSleep(rig);
    }
  }

  @ParameterizedTest
  @MethodSource(KERNELS)
  void aWakeUpByAHandlerEndsTheNextSleep(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Pair pair = rig.pair();
      pair.log().onWritable =
          () -> {
            rig.transport.wakeUp();
            rig.close(pair.socket());
          };
      pair.socket().want(false, true);
      rig.pollUntil("writable", () -> pair.log().writable > 0);
      assertNoSleep(rig);
    }
  }

  @ParameterizedTest
  @MethodSource(KERNELS)
  void anInterruptDoesNotKeepTheLoopAwake(TransportSetting setting) {
    try (TransportRig rig = new TransportRig(setting)) {
      Thread.currentThread().interrupt();
      rig.transport.poll(0);
      assertThat(rig.millisOfPoll(50)).isGreaterThanOrEqualTo(49);
    } finally {
      boolean unused = Thread.interrupted();
    }
  }

  // Many at once.

  @ParameterizedTest
  @MethodSource(ALL)
  void allSocketsThatAreReadyAreServedByOnePoll(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Listener listener = rig.listen();
      List<Pair> pairs = new ArrayList<>();
      for (int i = 0; i < 1500; i++) {
        pairs.add(rig.pair(listener));
      }
      for (Pair pair : pairs) {
        pair.far().send(BYTE);
        pair.log().onReadable =
            () -> TransportRig.unchecked(() -> pair.socket().read(ByteBuffer.allocate(1)));
        pair.socket().want(true, false);
      }
      rig.transport.poll(0);
      assertThat(pairs).allMatch(pair -> pair.log().readable == 1);
      rig.transport.poll(0);
      assertThat(pairs).allMatch(pair -> pair.log().readable == 1);
    }
  }

  // Handlers.

  @ParameterizedTest
  @MethodSource(ALL)
  void aSocketThatAHandlerClosesIsToldNothingMore(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Pair one = readyPair(rig);
      Pair other = readyPair(rig);
      one.log().onReadable = () -> rig.close(other.socket());
      other.log().onReadable = () -> rig.close(one.socket());
      one.socket().want(true, true);
      other.socket().want(true, true);
      rig.pollSomeTimes();
      // The first closes the second, and is then told alone.
      assertThat(Math.min(one.log().calls(), other.log().calls())).isZero();
      assertThat(Math.max(one.log().calls(), other.log().calls())).isPositive();
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aSocketThatClosesItselfIsToldNothingMore(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Pair pair = readyPair(rig);
      pair.log().onReadable = () -> rig.close(pair.socket());
      pair.socket().want(true, false);
      rig.pollUntil("readable", () -> pair.log().readable > 0);
      rig.pollSomeTimes();
      assertThat(pair.log().calls()).isEqualTo(1);
    }
  }

  private static Pair readyPair(TransportRig rig) throws NetException {
    Pair pair = rig.pair();
    pair.far().send(BYTE);
    return pair;
  }

  /** The kernel gives a new socket the lowest number that is free: that of the one just closed. */
  @ParameterizedTest
  @MethodSource(ALL)
  void aNewSocketIsNotToldWhatWasMeantForOneThatIsClosed(TransportSetting setting)
      throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Listener listener = rig.listen();
      Pair one = readyPair(rig);
      Pair other = readyPair(rig);
      SocketLog[] later = {null};
      Runnable replace =
          () -> {
            rig.close(one.socket());
            rig.close(other.socket());
            TransportRig.unchecked(
                () -> {
                  Socket socket = rig.keep(rig.transport.connect(listener.localAddress()));
                  later[0] = new SocketLog();
                  socket.handler(later[0]);
                  return socket;
                });
          };
      one.log().onReadable = replace;
      other.log().onReadable = replace;
      one.socket().want(true, true);
      other.socket().want(true, true);
      rig.pollUntil("one of the two is told", () -> later[0] != null);
      assertThat(later[0].calls()).isZero();
      SocketLog log = later[0];
      rig.pollUntil("it is connected", () -> log.writable > 0);
      assertThat(log.readable).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void whatAHandlerThrowsEndsThePollAndHarmsNoOther(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Pair bad = readyPair(rig);
      Pair good = readyPair(rig);
      bad.log().onReadable =
          () -> {
            bad.socket().want(false, false);
            throw new IllegalStateException("thrown by a handler");
          };
      bad.socket().want(true, false);
      assertThatThrownBy(() -> rig.pollUntil("readable", () -> bad.log().readable > 0))
          .hasMessage("thrown by a handler");
      good.socket().want(true, false);
      rig.pollUntil("the other is told", () -> good.log().readable > 0);
    }
  }

  @ParameterizedTest
  @MethodSource(KERNELS)
  void anAcceptedSocketMayBeRegisteredWithAnotherTransport(TransportSetting setting)
      throws Exception {
    try (TransportRig rig = new TransportRig(setting);
        TransportRig other = new TransportRig(setting)) {
      Listener listener = rig.listen();
      FarEnd far = rig.dial(listener.localAddress());
      int[] told = {0};
      listener.handler(() -> told[0]++);
      listener.want(true);
      rig.pollUntil("a connection waits", () -> told[0] > 0);
      Socket socket = other.keep(listener.accept());
      other.transport.register(socket);
      Pair pair = new Pair(socket, new SocketLog(), far);
      socket.handler(pair.log());
      far.send(BYTE);
      assertThat(other.read(pair, 1)).isEqualTo(BYTE);
    }
  }

  // Descriptors.

  @ParameterizedTest
  @MethodSource(KERNELS)
  @EnabledOnOs(OS.LINUX)
  void theDescriptorIsFreeWhenCloseReturns(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Pair pair = readyPair(rig);
      pair.socket().want(true, true);
      rig.pollUntil("readable", () -> pair.log().readable > 0);
      long before = TransportRig.descriptors();
      rig.close(pair.socket());
      assertThat(TransportRig.descriptors()).isEqualTo(before - 1);
    }
  }

  @ParameterizedTest
  @MethodSource(KERNELS)
  @EnabledOnOs(OS.LINUX)
  void aDescriptorThatAHandlerClosesIsFreeWhenPollReturns(TransportSetting setting)
      throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Pair pair = readyPair(rig);
      pair.log().onReadable = () -> rig.close(pair.socket());
      pair.socket().want(true, true);
      long before = TransportRig.descriptors();
      rig.pollUntil("readable", () -> pair.log().readable > 0);
      assertThat(TransportRig.descriptors()).isEqualTo(before - 1);
    }
  }

  @ParameterizedTest
  @MethodSource(KERNELS)
  @EnabledOnOs(OS.LINUX)
  void aDescriptorThatAHandlerClosesIsFreeThoughTheHandlerThrows(TransportSetting setting)
      throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Pair pair = readyPair(rig);
      pair.log().onReadable =
          () -> {
            rig.close(pair.socket());
            throw new IllegalStateException("thrown by a handler");
          };
      pair.socket().want(true, false);
      long before = TransportRig.descriptors();
      assertThatThrownBy(() -> rig.pollUntil("readable", () -> pair.log().readable > 0))
          .hasMessage("thrown by a handler");
      assertThat(TransportRig.descriptors()).isEqualTo(before - 1);
    }
  }

  @ParameterizedTest
  @MethodSource(KERNELS)
  void aTransportThatIsClosedHoldsNoDescriptor(TransportSetting setting) throws Exception {
    new TransportRig(setting).close(); // loads what it takes
    long before = TransportRig.descriptors();
    try (TransportRig rig = new TransportRig(setting)) {
      assertThat(rig.pair()).isNotNull();
    }
    assertThat(TransportRig.descriptors()).isEqualTo(before);
  }
}
