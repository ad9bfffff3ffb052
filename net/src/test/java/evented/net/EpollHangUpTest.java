package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A peer that goes away is told of once, whatever was wanted, and the loop sleeps afterwards. */
@Tag("values") // opens its own transport
class EpollHangUpTest {
  private Polled polled;

  @BeforeEach
  void open() {
    polled = new Polled("epoll");
  }

  @AfterEach
  void close() throws Exception {
    if (polled != null) {
      polled.close();
    }
  }

  @Test
  void C12_aHangUpBehindAPauseIsToldOnceAndTheLoopSleeps() throws Exception {
    Listener listener = polled.listen();
    SocketChannel peer = polled.peer(listener);
    PolledSocket server = polled.accept(listener);
    server.socket.want(false, false);
    Polled.write(peer, "last words");
    peer.close();
    polled.until(() -> server.wasTold("hungUp null"));
    assertThat(polled.sleeps()).isTrue();
    assertThat(server.events).containsExactly("hungUp null");
  }

  @Test
  void C12_whatArrivedBeforeTheHangUpIsReadAfterThePause() throws Exception {
    Listener listener = polled.listen();
    SocketChannel peer = polled.peer(listener);
    PolledSocket server = polled.accept(listener);
    server.socket.want(false, false);
    Polled.write(peer, "last words");
    peer.close();
    polled.until(() -> server.wasTold("hungUp null"));
    server.socket.want(true, false);
    polled.until(() -> server.ended);
    assertThat(server.text()).isEqualTo("last words");
    assertThat(polled.sleeps()).isTrue();
    assertThat(server.events).containsExactly("hungUp null", "end");
  }

  @Test
  void C12_aUnixPeerThatClosesBehindAPauseIsToldOnce(@TempDir Path folder) throws Exception {
    SocketAddress path = UnixDomainSocketAddress.of(folder.resolve("s"));
    Listener listener = polled.listen(path);
    SocketChannel peer = polled.peer(listener);
    PolledSocket server = polled.accept(listener);
    server.socket.want(false, false);
    Polled.write(peer, "last words");
    peer.close();
    polled.until(() -> server.wasTold("hungUp null"));
    assertThat(polled.sleeps()).isTrue();
    server.socket.want(true, false);
    polled.until(() -> server.ended);
    assertThat(server.text()).isEqualTo("last words");
    assertThat(polled.sleeps()).isTrue();
    assertThat(server.events).containsExactly("hungUp null", "end");
  }

  @Test
  void C11_aResetBehindAPauseIsToldWithItsCause() throws Exception {
    Listener listener = polled.listen();
    SocketChannel peer = polled.peer(listener);
    PolledSocket server = polled.accept(listener);
    server.socket.want(false, false);
    Polled.reset(peer);
    polled.until(() -> server.wasTold("hungUp ECONNRESET"));
    assertThat(polled.sleeps()).isTrue();
    assertThat(server.events).containsExactly("hungUp ECONNRESET");
  }

  @Test
  void C12_whatArrivedBeforeAResetIsReadAfterThePause() throws Exception {
    Listener listener = polled.listen();
    SocketChannel peer = polled.peer(listener);
    PolledSocket server = polled.accept(listener);
    server.socket.want(false, false);
    Polled.write(peer, "last words");
    Polled.reset(peer);
    polled.until(() -> server.wasTold("hungUp ECONNRESET"));
    server.socket.want(true, false);
    polled.until(() -> server.ended);
    assertThat(server.text()).isEqualTo("last words");
    assertThat(polled.sleeps()).isTrue();
  }

  @Test
  void C12_aResetBehindAStuckWriteIsTold() throws Exception {
    Listener listener = polled.listen();
    SocketChannel peer = polled.peer(listener);
    PolledSocket server = polled.accept(listener);
    server.fill();
    server.socket.want(false, true);
    assertThat(polled.sleeps()).isTrue();
    Polled.reset(peer);
    polled.until(() -> server.wasTold("hungUp ECONNRESET"));
    server.socket.want(false, false);
    assertThat(polled.sleeps()).isTrue();
    assertThat(server.events).containsOnlyOnce("hungUp ECONNRESET");
  }

  @Test
  void C11_aResetAfterFinIsStillNoticed() throws Exception {
    Listener listener = polled.listen();
    SocketChannel peer = polled.peer(listener);
    PolledSocket server = polled.accept(listener);
    server.socket.want(true, false);
    peer.shutdownOutput();
    polled.until(() -> server.ended);
    assertThat(polled.sleeps()).isTrue();
    server.fill();
    Polled.reset(peer);
    // Linux tells a reset behind FIN so, since only writing can notice.
    polled.until(() -> server.wasTold("hungUp ECONNRESET"));
    assertThat(polled.sleeps()).isTrue();
    assertThat(server.events).containsExactly("end", "hungUp ECONNRESET");
  }

  @Test
  void C11_aResetThatAReadTellsIsNotToldAgain() throws Exception {
    Listener listener = polled.listen();
    SocketChannel peer = polled.peer(listener);
    PolledSocket server = polled.accept(listener);
    server.socket.want(true, false);
    Polled.reset(peer);
    polled.until(() -> server.wasTold("error ECONNRESET"));
    assertThat(polled.sleeps()).isTrue();
    assertThat(server.events).containsExactly("error ECONNRESET");
  }

  @Test
  void C11_aResetBehindBytesOfWhichOnlySomeWereReadIsToldInTheSamePoll() throws Exception {
    Listener listener = polled.listen();
    SocketChannel peer = polled.peer(listener);
    PolledSocket server = polled.accept(listener);
    Polled.write(peer, "x".repeat(100_000));
    Polled.reset(peer);
    server.socket.want(true, false);
    polled.until(() -> server.wasTold("hungUp ECONNRESET"));
    polled.until(() -> server.ended);
    assertThat(polled.sleeps()).isTrue();
    assertThat(server.events).containsExactly("hungUp ECONNRESET", "end");
  }

  @Test
  void afterBothFinsAReaderComesToTheEndWithoutAHangUp() throws Exception {
    Listener listener = polled.listen();
    SocketChannel peer = polled.peer(listener);
    PolledSocket server = polled.accept(listener);
    server.socket.want(false, false);
    polled.transport.poll(0);
    server.socket.want(true, false);
    server.socket.shutdownOutput();
    Polled.write(peer, "x".repeat(100_000));
    peer.shutdownOutput();
    polled.until(() -> server.ended);
    assertThat(server.bytesRead).isEqualTo(100_000);
    assertThat(polled.sleeps()).isTrue();
    assertThat(server.events).containsExactly("end");
  }

  @Test
  void aHangUpIsNotToldToASocketThatItsHandlerHasClosed() throws Exception {
    Listener listener = polled.listen();
    SocketChannel peer = polled.peer(listener);
    PolledSocket server = polled.accept(listener);
    Polled.write(peer, "bytes");
    Polled.reset(peer);
    server.onReadable =
        () -> {
          server.events.add("closes");
          server.socket.close();
        };
    server.socket.want(true, false);
    polled.until(() -> server.wasTold("closes"));
    assertThat(polled.sleeps()).isTrue();
    assertThat(server.events).containsExactly("closes");
  }
}
