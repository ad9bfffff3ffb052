package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import evented.net.TransportRig.Pair;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link Socket} promises of bytes and readiness, on every transport. */
@Tag("values") // it opens each transport itself
class TransportContractTest {
  private static final String ALL = "evented.net.TransportSetting#all";
  private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  // Bytes.

  @ParameterizedTest
  @MethodSource(ALL)
  void bytesOfTheKernelsOwnMemoryPassBothWays(TransportSetting setting) throws Exception {
    passBothWays(setting, rig -> rig.transport.allocate(HELLO.length));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void bytesOfTheHeapPassBothWays(TransportSetting setting) throws Exception {
    passBothWays(setting, rig -> ByteBuffer.allocate(HELLO.length));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void bytesOfAPartOfAnArrayPassBothWays(TransportSetting setting) throws Exception {
    passBothWays(setting, rig -> ByteBuffer.allocate(100).slice(40, HELLO.length));
  }

  private interface Memory {
    ByteBuffer of(TransportRig rig);
  }

  private static void passBothWays(TransportSetting setting, Memory memory) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Pair pair = rig.pair();
      pair.far().send(HELLO);
      ByteBuffer bytes = memory.of(rig);
      pair.log().onReadable = () -> TransportRig.unchecked(() -> pair.socket().read(bytes));
      pair.socket().want(true, false);
      rig.pollUntil("all bytes", () -> !bytes.hasRemaining());
      assertThat(bytes.flip()).isEqualTo(ByteBuffer.wrap(HELLO));
      assertThat(pair.socket().write(bytes)).isEqualTo(HELLO.length);
      assertThat(bytes.hasRemaining()).isFalse();
      assertThat(pair.far().receive(HELLO.length)).isEqualTo(HELLO);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void readingTakesNoMoreThanThereIsRoomFor(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Pair pair = rig.pair();
      pair.far().send(HELLO);
      ByteBuffer bytes = ByteBuffer.allocate(10).position(3).limit(5);
      pair.socket().want(true, false);
      rig.pollUntil("bytes", () -> pair.log().readable > 0);
      assertThat(pair.socket().read(bytes)).isEqualTo(2);
      assertThat(bytes.array()).startsWith(0, 0, 0, 'h', 'e', 0);
      assertThat(rig.read(pair, 3)).isEqualTo("llo".getBytes(StandardCharsets.US_ASCII));
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void readingGivesZeroWhenThereIsNothing(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      assertThat(rig.pair().socket().read(ByteBuffer.allocate(10))).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aLargeBufferOfTheHeapLeavesPiecewiseAndWhole(TransportSetting setting) throws Exception {
    leavesWhole(setting, bytes -> bytes);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aLargeDirectBufferLeavesPiecewiseAndWhole(TransportSetting setting) throws Exception {
    leavesWhole(setting, bytes -> ByteBuffer.allocateDirect(bytes.capacity()).put(bytes).flip());
  }

  private static void leavesWhole(TransportSetting setting, UnaryOperator<ByteBuffer> memory)
      throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Pair pair = rig.pair();
      byte[] sent = random(9_000_001);
      ByteBuffer left = memory.apply(ByteBuffer.wrap(sent));
      ByteBuffer came = ByteBuffer.allocate(sent.length);
      pair.log().onWritable = () -> TransportRig.unchecked(() -> pair.socket().write(left));
      pair.socket().want(false, true);
      while (came.hasRemaining()) {
        int before = left.position();
        rig.pollUntil(
            "the kernel takes some", () -> left.position() > before || !left.hasRemaining());
        came.put(pair.far().receive(left.position() - came.position()));
        pair.socket().want(false, left.hasRemaining());
      }
      assertThat(came.array()).isEqualTo(sent);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aFullKernelTakesNoneAndIsWritableOnceThePeerHasRead(TransportSetting setting)
      throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Pair pair = rig.pair();
      if (pair.far() instanceof FakePeer memory) {
        memory.limitKernelBuffer(100_000);
      }
      int taken = TransportRig.fill(pair.socket());
      pair.socket().want(false, true);
      rig.pollSomeTimes();
      assertThat(pair.log().calls()).isZero();
      pair.far().receive(taken);
      rig.pollUntil("writable", () -> pair.log().writable > 0);
      assertThat(pair.socket().write(ByteBuffer.wrap(HELLO))).isEqualTo(HELLO.length);
    }
  }

  // The end of either direction.

  @ParameterizedTest
  @MethodSource(ALL)
  void thePeersFinIsReadBehindItsBytes(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Pair pair = rig.pair();
      pair.far().send(HELLO);
      pair.far().end();
      assertThat(rig.read(pair, HELLO.length)).isEqualTo(HELLO);
      pair.socket().want(true, false);
      int before = pair.log().readable;
      rig.pollUntil("FIN", () -> pair.log().readable > before);
      assertThat(pair.socket().read(ByteBuffer.allocate(10))).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void bytesMayBeWrittenAfterThePeersFin(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Pair pair = rig.pair();
      pair.far().end();
      pair.socket().want(true, false);
      rig.pollUntil("FIN", () -> pair.log().readable > 0);
      assertThat(pair.socket().read(ByteBuffer.allocate(10))).isEqualTo(-1);
      assertThat(pair.socket().write(ByteBuffer.wrap(HELLO))).isEqualTo(HELLO.length);
      assertThat(pair.far().receive(HELLO.length)).isEqualTo(HELLO);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void bytesMayBeReadAfterOnesOwnFin(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Pair pair = rig.pair();
      assertThat(pair.socket().write(ByteBuffer.wrap(HELLO))).isEqualTo(HELLO.length);
      pair.socket().shutdownOutput();
      assertThat(pair.far().receive(HELLO.length)).isEqualTo(HELLO);
      pair.far().awaitEnd();
      pair.far().send(HELLO);
      assertThat(rig.read(pair, HELLO.length)).isEqualTo(HELLO);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void whatTheKernelHasTakenIsDeliveredAfterClose(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Pair pair = rig.pair();
      assertThat(pair.socket().write(ByteBuffer.wrap(HELLO))).isEqualTo(HELLO.length);
      rig.close(pair.socket());
      assertThat(pair.far().receive(HELLO.length)).isEqualTo(HELLO);
      pair.far().awaitEnd();
    }
  }

  /** With something unread at the far end, so that it is a reset on a UNIX socket, too. */
  private static Pair resetPair(TransportRig rig, byte[] before) throws NetException {
    Pair pair = rig.pair();
    assertThat(pair.socket().write(ByteBuffer.wrap(HELLO))).isEqualTo(HELLO.length);
    pair.far().send(before);
    pair.far().reset();
    return pair;
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void C11_aResetIsAFailureOfReading(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Pair pair = resetPair(rig, new byte[0]);
      pair.socket().want(true, false);
      rig.pollUntil("the reset", () -> pair.log().calls() > 0);
      NetException failure =
          pair.log().hangUpCause != null
              ? pair.log().hangUpCause
              : catchThrowableOfType(
                  NetException.class, () -> pair.socket().read(ByteBuffer.allocate(10)));
      assertThat(failure).hasMessage("read ECONNRESET");
      assertThat(failure.code()).isEqualTo("ECONNRESET");
      assertThat(failure.syscall()).isEqualTo("read");
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void C11_aResetBeforeFinIsAFailureOfReadingStill(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Pair pair = resetPair(rig, new byte[0]);
      pair.socket().shutdownOutput();
      pair.socket().want(true, false);
      rig.pollUntil("the reset", () -> pair.log().calls() > 0);
      NetException failure =
          pair.log().hangUpCause != null
              ? pair.log().hangUpCause
              : catchThrowableOfType(
                  NetException.class, () -> pair.socket().read(ByteBuffer.allocate(10)));
      assertThat(failure).hasMessage("read ECONNRESET");
      assertThat(failure.code()).isEqualTo("ECONNRESET");
      assertThat(failure.syscall()).isEqualTo("read");
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void C12_whatArrivedBeforeAResetCanBeRead(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Pair pair = resetPair(rig, HELLO);
      assertThat(rig.read(pair, HELLO.length)).isEqualTo(HELLO);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void C11_writingToAPeerThatIsGoneFails(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Pair pair = rig.pair();
      pair.far().close();
      NetException[] failure = {null};
      pair.log().onWritable =
          () -> {
            try {
              int unused = pair.socket().write(ByteBuffer.wrap(HELLO));
            } catch (NetException e) {
              failure[0] = e;
            }
          };
      pair.socket().want(false, true);
      rig.pollUntil("a failure", () -> failure[0] != null);
      assertThat(failure[0].code()).isIn("EPIPE", "ECONNRESET");
      assertThat(failure[0].syscall()).isEqualTo("write");
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void C12_aResetBehindAStuckWriteIsTold(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Pair pair = rig.pair();
      if (pair.far() instanceof FakePeer memory) {
        memory.limitKernelBuffer(100_000);
      }
      assertThat(TransportRig.fill(pair.socket())).isPositive();
      pair.socket().want(false, true);
      rig.pollSomeTimes();
      assertThat(pair.log().calls()).isZero();
      pair.far().reset();
      rig.pollUntil("it is told", () -> pair.log().calls() > 0);
    }
  }

  // Readiness.

  @ParameterizedTest
  @MethodSource(ALL)
  void whatIsStillPossibleIsToldAgain(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Pair pair = rig.pair();
      pair.far().send(HELLO);
      pair.socket().want(true, true);
      rig.pollUntil("three times", () -> pair.log().readable >= 3 && pair.log().writable >= 3);
      int before = pair.log().readable;
      rig.transport.poll(0);
      assertThat(pair.log().readable).isEqualTo(before + 1);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void nothingIsToldThatIsNotWanted(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Pair pair = rig.pair();
      pair.far().send(HELLO);
      pair.socket().want(false, false);
      rig.pollSomeTimes();
      assertThat(pair.log().calls()).isZero();
      pair.socket().want(false, true);
      rig.pollSomeTimes();
      assertThat(pair.log().readable).isZero();
      assertThat(pair.log().writable).isPositive();
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aSocketThatNeverWantedAnythingIsToldNothing(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Pair pair = rig.pair();
      pair.far().send(HELLO);
      rig.pollSomeTimes();
      assertThat(pair.log().calls()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void whatAHandlerNoLongerWantsIsNotTold(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Pair pair = rig.pair();
      pair.far().send(HELLO);
      pair.log().onReadable = () -> pair.socket().want(false, false);
      pair.log().onWritable = () -> pair.socket().want(true, true);
      pair.socket().want(true, false);
      rig.pollUntil("readable", () -> pair.log().readable > 0);
      pair.socket().want(true, true); // both are ready, and the first takes the second back
      rig.pollSomeTimes();
      assertThat(pair.log().readable).isEqualTo(2);
      assertThat(pair.log().writable).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void whatAHandlerWantsCountsFromTheNextPoll(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Pair pair = rig.pair();
      pair.far().send(HELLO);
      pair.log().onReadable = () -> pair.socket().want(false, true);
      pair.socket().want(true, false);
      rig.pollUntil("writable", () -> pair.log().writable > 0);
      assertThat(pair.log().readable).isEqualTo(1);
    }
  }

  // Hang-ups.

  @ParameterizedTest
  @MethodSource(ALL)
  void C12_aHangUpWhileNothingIsWantedIsToldOnceWhereTheKernelCan(TransportSetting setting)
      throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Pair pair = rig.pair();
      pair.socket().want(false, false);
      pair.far().send(HELLO);
      pair.far().end();
      if (setting.tellsHangUps()) {
        rig.pollUntil("the hang-up", () -> pair.log().hangUps > 0);
      }
      rig.pollSomeTimes();
      assertThat(pair.log().calls()).isEqualTo(setting.tellsHangUps() ? 1 : 0);
      assertThat(pair.log().hangUpCause).isNull();
      assertThat(rig.read(pair, HELLO.length)).isEqualTo(HELLO);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void C11_aResetWhileNothingIsWantedIsToldOnceWhereTheKernelCan(TransportSetting setting)
      throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Pair pair = rig.pair();
      assertThat(pair.socket().write(ByteBuffer.wrap(HELLO))).isEqualTo(HELLO.length);
      pair.socket().want(false, false);
      pair.far().reset();
      if (setting.tellsHangUps()) {
        rig.pollUntil("the reset", () -> pair.log().hangUpCause != null);
        assertThat(pair.log().hangUpCause).hasMessage("read ECONNRESET");
      }
      int before = pair.log().calls();
      rig.pollSomeTimes();
      assertThat(pair.log().calls()).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @MethodSource("evented.net.TransportSetting#kernels")
  void aSocketThatIsDownDoesNotKeepTheLoopAwake(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Pair pair = resetPair(rig, new byte[0]);
      pair.socket().want(false, false);
      rig.pollSomeTimes();
      assertThat(rig.millisOfPoll(60)).isGreaterThanOrEqualTo(59);
    }
  }

  @ParameterizedTest
  @MethodSource("evented.net.TransportSetting#kernels")
  void aSocketWhoseBothDirectionsHaveEndedDoesNotKeepTheLoopAwake(TransportSetting setting)
      throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Pair pair = rig.pair();
      pair.socket().shutdownOutput();
      pair.far().end();
      pair.socket().want(true, false);
      rig.pollUntil("FIN", () -> pair.log().readable > 0);
      assertThat(pair.socket().read(ByteBuffer.allocate(10))).isEqualTo(-1);
      pair.socket().want(false, false);
      rig.pollSomeTimes();
      assertThat(rig.millisOfPoll(60)).isGreaterThanOrEqualTo(59);
    }
  }
}
