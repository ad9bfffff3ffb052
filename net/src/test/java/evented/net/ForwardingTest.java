package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Semantics R2 and W1 where a large chunk is written on as it arrives, which goes without a copy.
 */
class ForwardingTest {
  private static final int MEGABYTE = 1 << 20;

  @ParameterizedTest
  @EnumSource(Wire.class)
  void W1_partsOfAChunkAndSmallWritesKeepTheirOrder(Wire wire) throws Exception {
    byte[] bytes = RawBytes.pattern(32 * MEGABYTE);
    try (TestNet net = new TestNet();
        SocketChannel client =
            Wire.rawSocket(
                net.serve(wire, stream -> stream.onData(data -> inParts(stream, data))))) {
      CompletableFuture<Void> written = writeAll(client, bytes);
      byte[] back = RawBytes.readAll(client);
      Await.get(written);
      assertThat(Arrays.equals(back, bytes)).isTrue();
    }
  }

  /** Two bytes by themselves, then the rest in two halves. */
  private static void inParts(Stream stream, Buffer data) {
    int length = data.length();
    int small = Math.min(2, length);
    int half = small + (length - small) / 2;
    stream.write(data.slice(0, small).toByteArray());
    stream.write(data.slice(small, half));
    if (!stream.write(data.slice(half, length))) {
      stream.pause();
      stream.once("drain", stream::resume);
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void R2_aChunkThatGoesToSeveralStreamsReachesEachWhole(Wire wire) throws Exception {
    byte[] bytes = RawBytes.pattern(32 * MEGABYTE);
    try (TestNet net = new TestNet();
        RawServer from = new RawServer(wire, net);
        RawServer to = new RawServer(wire, net)) {
      Stream source = net.connect(from.address());
      List<CompletableFuture<byte[]>> readers = new ArrayList<>();
      List<Buffer> kept = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Stream destination = net.connect(to.address());
        readers.add(readLater(to.accept()));
        source.pipe(destination);
      }
      source.onData(kept::add);
      try (SocketChannel writer = from.accept()) {
        Await.get(writeAll(writer, bytes));
        for (CompletableFuture<byte[]> reader : readers) {
          assertThat(Arrays.equals(Await.get(reader), bytes)).isTrue();
        }
      }
      assertThat(Arrays.equals(Buffer.concat(kept).toByteArray(), bytes)).isTrue();
    }
  }

  private static CompletableFuture<byte[]> readLater(SocketChannel channel) throws IOException {
    channel.setOption(StandardSocketOptions.SO_RCVBUF, 64 * 1024);
    return later(
        () -> {
          try (channel) {
            return RawBytes.readAll(channel);
          }
        });
  }

  /** Writes all, then FIN. */
  private static CompletableFuture<Void> writeAll(SocketChannel channel, byte[] bytes) {
    return later(
        () -> {
          RawBytes.write(channel, bytes);
          channel.shutdownOutput();
          return null;
        });
  }

  private interface Work<T> {
    T run() throws IOException;
  }

  private static <T> CompletableFuture<T> later(Work<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    new Thread(
            () -> {
              try {
                result.complete(work.run());
              } catch (IOException e) {
                result.completeExceptionally(e);
              }
            })
        .start();
    return result;
  }
}
