package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.function.Consumer;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;

/** Semantics W7: the options that a user sets are those of the socket. */
class OptionsTest {
  /** What the kernel says of a connection. */
  record Options(
      boolean noDelay,
      boolean keepAlive,
      int keepIdleSeconds,
      int keepIntervalSeconds,
      int keepCount) {}

  private static Options read(TestNet net, Stream stream) {
    assumeTrue(stream.fd() >= 0, "skipped: the transport nio shows no descriptor");
    return net.onLoop(
        () ->
            new Options(
                (boolean) option(stream, StandardSocketOptions.TCP_NODELAY),
                (boolean) option(stream, StandardSocketOptions.SO_KEEPALIVE),
                (int) option(stream, ExtendedSocketOptions.TCP_KEEPIDLE),
                (int) option(stream, ExtendedSocketOptions.TCP_KEEPINTERVAL),
                (int) option(stream, ExtendedSocketOptions.TCP_KEEPCOUNT)));
  }

  private static Object option(Stream stream, SocketOption<?> option) {
    return HandedDownSocket.option(stream.fd(), option);
  }

  private static Options whenSetBeforeConnect(Consumer<Stream> setting) {
    try (TestNet net = new TestNet()) {
      Stream stream = net.loop().newStream();
      setting.accept(stream);
      EventLog events = EventLog.of(stream);
      Wire.connect(stream, net.serve(Wire.TCP, peer -> {}));
      events.await("connect");
      return read(net, stream);
    }
  }

  private static Options whenSetAfterConnect(Consumer<Stream> setting) {
    try (TestNet net = new TestNet()) {
      Stream stream = net.connect(net.serve(Wire.TCP, peer -> {}));
      EventLog.of(stream).await("connect");
      setting.accept(stream);
      return read(net, stream);
    }
  }

  @Test
  void W7_aFreshStreamHasNagleAndNoProbes() {
    Options options = whenSetAfterConnect(stream -> {});
    assertThat(options.noDelay()).isFalse();
    assertThat(options.keepAlive()).isFalse();
  }

  @Test
  void W7_noDelayBeforeConnect() {
    assertThat(whenSetBeforeConnect(Stream::setNoDelay).noDelay()).isTrue();
  }

  @Test
  void W7_noDelayAfterConnect() {
    assertThat(whenSetAfterConnect(Stream::setNoDelay).noDelay()).isTrue();
  }

  @Test
  void W7_noDelayIsSwitchedOffAgain() {
    Options options = whenSetAfterConnect(stream -> stream.setNoDelay().setNoDelay(false));
    assertThat(options.noDelay()).isFalse();
  }

  @Test
  void W7_keepAliveBeforeConnect() {
    Options options = whenSetBeforeConnect(stream -> stream.setKeepAlive(true, 42_000));
    assertThat(options.keepAlive()).isTrue();
    assertThat(options.keepIdleSeconds()).isEqualTo(42);
    assertThat(options.keepIntervalSeconds()).isEqualTo(1);
    assertThat(options.keepCount()).isEqualTo(10);
  }

  @Test
  void W7_keepAliveAfterConnect() {
    Options options = whenSetAfterConnect(stream -> stream.setKeepAlive(true, 42_000));
    assertThat(options.keepAlive()).isTrue();
    assertThat(options.keepIdleSeconds()).isEqualTo(42);
  }

  @Test
  void W7_theDelayIsRoundedUpToWholeSeconds() {
    Options options = whenSetAfterConnect(stream -> stream.setKeepAlive(true, 1));
    assertThat(options.keepIdleSeconds()).isEqualTo(1);
  }

  @Test
  void W7_aDelayOfZeroLeavesTheDelayAsItIs() {
    Options options =
        whenSetAfterConnect(stream -> stream.setKeepAlive(true, 42_000).setKeepAlive(true, 0));
    assertThat(options.keepIdleSeconds()).isEqualTo(42);
  }

  @Test
  void W7_keepAliveIsOffByDefaultOfItsArgument() {
    Options options =
        whenSetAfterConnect(stream -> stream.setKeepAlive(true, 42_000).setKeepAlive());
    assertThat(options.keepAlive()).isFalse();
  }
}
