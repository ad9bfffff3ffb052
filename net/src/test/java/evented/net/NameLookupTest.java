package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Semantics C1: names are looked up off the loop, and every address is tried. */
class NameLookupTest {
  private static InetAddress[] addresses(String... addresses) throws UnknownHostException {
    InetAddress[] all = new InetAddress[addresses.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = InetAddress.getByName(addresses[i]);
    }
    return all;
  }

  private static Stream newStream(TestNet net, Resolver.Lookup lookup) {
    Stream stream = net.loop().newStream();
    stream.engine().thread.lookup = lookup;
    return stream;
  }

  private static int closedPort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return free.getLocalPort();
    }
  }

  @Test
  void C1_theLoopGoesOnWhileALookupBlocks() {
    CountDownLatch looking = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    try (TestNet net = new TestNet()) {
      SocketAddress address = net.serve(Wire.TCP, stream -> stream.end("found"));
      Stream stream =
          newStream(
              net,
              name -> {
                looking.countDown();
                await(answered);
                return addresses("127.0.0.1");
              });
      EventLog events = EventLog.of(stream);
      stream.connect(((InetSocketAddress) address).getPort(), "slow.test");
      await(looking);
      assertThat(net.onLoop(stream::readyState)).isEqualTo(ReadyState.OPENING);
      assertThat(events.entries()).isEmpty();
      answered.countDown();
      assertThat(events.awaitClose())
          .containsExactly("connect", "data found", "end", "close false");
    } finally {
      answered.countDown();
    }
  }

  @Test
  void C1_aStreamThatIsDestroyedDuringItsLookupDoesNotConnect() throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    try (TestNet net = new TestNet()) {
      CompletableFuture<Stream> accepted = new CompletableFuture<>();
      SocketAddress address = net.serve(Wire.TCP, accepted::complete);
      Resolver.Lookup slow =
          name -> {
            await(answered);
            return addresses("127.0.0.1");
          };
      Stream stream = newStream(net, slow);
      EventLog events = EventLog.of(stream);
      stream.connect(((InetSocketAddress) address).getPort(), "slow.test");
      stream.destroy();
      assertThat(events.awaitClose()).containsExactly("close false");
      answered.countDown();
      EventLog second = EventLog.of(net.loop().createConnection(closedPort(), "b.test"));
      second.awaitClose(); // its lookup was answered after the first one's
      assertThat(accepted).isNotDone();
    } finally {
      answered.countDown();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.2", "255.255.255.255"})
  void C1_whenTheFirstAddressFailsTheSecondAnswers(String failing) {
    boolean linux = System.getProperty("os.name").equals("Linux");
    assumeTrue(linux || !failing.equals("127.0.0.2"), "skipped: only Linux refuses " + failing);
    try (TestNet net = new TestNet()) {
      SocketAddress address = net.serve(Wire.TCP, stream -> stream.end("found"));
      Stream stream = newStream(net, name -> addresses(failing, "127.0.0.1"));
      EventLog events = EventLog.of(stream);
      stream.connect(((InetSocketAddress) address).getPort(), "two.test");
      assertThat(events.awaitClose())
          .containsExactly("connect", "data found", "end", "close false");
      assertThat(stream.bytesRead()).isEqualTo(5);
    }
  }

  @Test
  void C1_whatIsWrittenBeforeConnectGoesToTheAddressThatAnswers() {
    try (TestNet net = new TestNet()) {
      CompletableFuture<EventLog> log = new CompletableFuture<>();
      SocketAddress address = net.serve(Wire.TCP, peer -> log.complete(EventLog.of(peer)));
      Stream stream = newStream(net, name -> addresses("255.255.255.255", "127.0.0.1"));
      stream.write("early");
      stream.connect(((InetSocketAddress) address).getPort(), "two.test");
      stream.end();
      assertThat(Await.get(log).awaitClose())
          .containsExactly("connect", "data early", "end", "close false");
    }
  }

  @Test
  void C1_theErrorNamesEveryAddressInOrderAndIsOtherwiseTheFirstOnes() throws Exception {
    try (TestNet net = new TestNet()) {
      int port = closedPort();
      Stream stream =
          newStream(net, name -> addresses("127.0.0.1", "255.255.255.255", "127.0.0.1"));
      EventLog events = EventLog.of(stream);
      stream.connect(port, "three.test");
      assertThat(events.awaitClose()).containsExactly("error ECONNREFUSED", "close true");
      assertThat(events.error())
          .hasMessage(
              "connect ECONNREFUSED 127.0.0.1:%1$d; connect ENETUNREACH 255.255.255.255:%1$d;"
                  + " connect ECONNREFUSED 127.0.0.1:%1$d",
              port);
      assertThat(events.error().address()).isEqualTo("127.0.0.1");
      Throwable[] others = events.error().getSuppressed();
      assertThat(others).hasSize(2);
      assertThat(others[0]).hasMessageContaining("255.255.255.255:" + port);
      assertThat(others[1]).hasMessageContaining("127.0.0.1:" + port);
    }
  }

  @Test
  void C1_aLookupThatThrowsIsAnError() {
    try (TestNet net = new TestNet()) {
      Stream stream =
          newStream(
              net,
              name -> {
                throw new UnknownHostException(name);
              });
      EventLog events = EventLog.of(stream);
      stream.connect(1, "none.test");
      assertThat(events.awaitClose()).containsExactly("error ENOTFOUND", "close true");
      assertThat(events.error()).hasMessageContaining("none.test");
    }
  }

  @Test
  void C1_aLookupThatOutlivesItsLoopHarmsNoOne() {
    CountDownLatch answered = new CountDownLatch(1);
    CompletableFuture<Thread> helper = new CompletableFuture<>();
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    try (TestNet net = new TestNet()) {
      Stream stream =
          newStream(
              net,
              name -> {
                Thread.currentThread().setUncaughtExceptionHandler((t, e) -> thrown.complete(e));
                helper.complete(Thread.currentThread());
                await(answered);
                return addresses("127.0.0.1");
              });
      EventLog events = EventLog.of(stream);
      Thread loopThread = net.onLoop(Thread::currentThread);
      stream.connect(1, "slow.test");
      Await.get(helper);
      net.loop().close();
      assertThat(events.awaitClose()).containsExactly("close false");
      Await.until("the loop's thread has ended", () -> !loopThread.isAlive());
    } finally {
      answered.countDown();
    }
    Thread thread = Await.get(helper);
    Await.until("it waits for work, or died", () -> isAtRest(thread));
    assertThat(thrown).isNotDone();
  }

  private static boolean isAtRest(Thread thread) {
    return thread.getState() == Thread.State.TERMINATED
        || (thread.getState() == Thread.State.TIMED_WAITING
            && java.util.Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("getTask")));
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(Await.DEADLINE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)) {
        throw new AssertionError("not within " + Await.DEADLINE);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
