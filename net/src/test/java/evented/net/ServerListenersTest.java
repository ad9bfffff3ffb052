package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** F21: anything may be done inside a listener for any event of a server. */
class ServerListenersTest {
  /** What a listener does. */
  private interface Action {
    void run(Server server);
  }

  /**
   * Runs a server with {@code action} at the first {@code event}, through a life that fails, and
   * one in which it serves one client, drops another and closes.
   */
  private static List<String> live(String event, Action action) throws Exception {
    try (TestNet net = new TestNet()) {
      EventLog log = new EventLog();
      Server server = net.loop().createServer().maxConnections(1);
      server.once(event, () -> action.run(server));
      for (String name : List.of("listening", "connection", "drop", "error", "close")) {
        server.on(name, () -> log.add(name));
      }
      server.on("connection", (Stream stream) -> stream.onError(e -> {}));
      server.listen("/no/such/folder/socket");
      log.await("close");
      if (server.address() == null && !log.entries().contains("listening")) {
        listenUnlessAListenerDid(server);
      }
      log.await("listening");
      java.net.SocketAddress address = net.onLoop(server::address);
      if (address != null) { // else the listener has closed it
        try (SocketChannel first = Wire.rawSocket(address)) {
          log.await("connection");
          try (SocketChannel second = Wire.rawSocket(address)) {
            if (net.onLoop(server::address) != null && !event.equals("connection")) {
              log.await("drop");
            }
            assertThat(second.isOpen() && first.isOpen()).isTrue();
          }
        } catch (java.io.IOException closedMeanwhile) {
          // by the listener
        }
      }
      net.onLoop(
          () -> {
            try {
              server.close();
            } catch (IllegalStateException alreadyClosed) {
              // by the listener
            }
            return null;
          });
      Await.until("it is closed", () -> closes(log) == 2);
      return log.entries();
    }
  }

  private static void listenUnlessAListenerDid(Server server) {
    try {
      server.listen(0, "127.0.0.1");
    } catch (IllegalStateException listens) {
      assertThat(listens).hasMessage("Server already opened");
    }
  }

  private static long closes(EventLog log) {
    return log.entries().stream().filter("close"::equals).count();
  }

  private static void assertBothLives(List<String> entries) {
    assertThat(entries).startsWith("error", "close", "listening").endsWith("close");
  }

  @ParameterizedTest
  @ValueSource(strings = {"listening", "connection", "drop", "error", "close"})
  void F21_throwing(String event) throws Exception {
    List<Throwable> reported = new ArrayList<>();
    List<String> entries =
        live(
            event,
            server -> {
              Thread.currentThread().setUncaughtExceptionHandler((t, e) -> reported.add(e));
              throw new IllegalStateException("thrown by the test");
            });
    assertThat(reported).hasSize(1);
    assertBothLives(entries);
  }

  @ParameterizedTest
  @ValueSource(strings = {"listening", "connection", "drop", "error", "close"})
  void F21_closing(String event) throws Exception {
    List<String> entries =
        live(
            event,
            server -> {
              if (event.equals("error") || event.equals("close")) {
                assertThatThrownBy(server::close).hasMessage("Not running");
              } else {
                server.close();
              }
            });
    assertBothLives(entries);
  }

  @ParameterizedTest
  @ValueSource(strings = {"listening", "connection", "drop", "error", "close"})
  void F21_listening(String event) throws Exception {
    List<String> entries =
        live(
            event,
            server -> {
              if (event.equals("error") || event.equals("close")) {
                server.listen(0, "127.0.0.1");
              } else {
                assertThatThrownBy(server::listen).hasMessage("Server already opened");
              }
            });
    assertBothLives(entries);
  }

  @ParameterizedTest
  @ValueSource(strings = {"listening", "connection", "drop", "error", "close"})
  void F21_removingAListener(String event) throws Exception {
    List<String> unwanted = new ArrayList<>();
    Runnable removed = () -> unwanted.add(event);
    List<String> entries =
        live(
            event,
            server -> {
              server.on(event, removed);
              server.removeListener(event, removed);
            });
    assertThat(unwanted).isEmpty();
    assertBothLives(entries);
  }
}
