package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tasks, timers and sockets take turns on a loop. */
class RestlessTaskTest {
  /** Runs {@code test} while a task of the loop gives itself to the loop again and again. */
  private static void besideARestlessTask(Consumer<TestNet> test) {
    AtomicBoolean done = new AtomicBoolean();
    try (TestNet net = new TestNet()) {
      Runnable[] restless = {null};
      restless[0] =
          () -> {
            if (!done.get()) {
              net.loop().execute(restless[0]);
            }
          };
      net.loop().execute(restless[0]);
      test.accept(net);
      done.set(true);
      net.onLoop(() -> null);
    } finally {
      done.set(true);
    }
  }

  @Test
  void aTaskThatRequeuesItselfDoesNotStarveTimers() {
    besideARestlessTask(
        net -> {
          CompletableFuture<String> fired = new CompletableFuture<>();
          net.loop().setTimeout(1, () -> fired.complete("fired"));
          assertThat(Await.get(fired)).isEqualTo("fired");
        });
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void aTaskThatRequeuesItselfDoesNotStarveSockets(Wire wire) {
    besideARestlessTask(
        net -> {
          SocketAddress address = net.serve(wire, stream -> stream.pipe(stream));
          try (SocketChannel peer = Wire.rawSocket(address)) {
            RawBytes.write(peer, "still there?");
            assertThat(RawBytes.readText(peer, 12)).isEqualTo("still there?");
          } catch (java.io.IOException e) {
            throw new AssertionError(e);
          }
        });
  }
}
