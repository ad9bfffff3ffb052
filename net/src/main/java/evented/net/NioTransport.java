package evented.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's own selector: every system, every JDK. It cannot say that a peer has hung up while
 * nothing is wanted of its socket, and shows no descriptors.
 */
final class NioTransport implements Transport {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /**
   * From how many keys on there may be more, since JDKs ask the kernel for a bounded number at a
   * time: 512 or more, of which one may be the selector's own.
   */
  private static final int PERHAPS_MORE = 511;

  /** How much of a heap buffer is copied at a time. */
  private static final int COPY_SIZE = 256 * 1024;

  static {
    // What names a failure is loaded while there are descriptors: loading a class may take one.
    SocketAddress sample = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var unused = NetException.of("connect", sample, new IOException(ErrorCode.EMFILE.text()));
  }

  private final Selector selector;

  /**
   * What is ready. Handlers are called when the selector has returned, and not by it, so that they
   * may have it release what they close.
   */
  private final ArrayList<SelectionKey> ready = new ArrayList<>();

  private final Consumer<SelectionKey> collect = ready::add;
  private @Nullable ByteBuffer copyRegion;
  private boolean dispatching;

  /** Channels whose keys are cancelled, and that are to be closed. */
  private final ArrayList<SelectableChannel> closing = new ArrayList<>();

  /** {@link #wakeUp} was called since the last sleep was about to begin. */
  private volatile boolean woken;

  NioTransport() throws NetException {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw NetException.of("select", null, e);
    }
  }

  // Opening.

  @Override
  public Socket connect(SocketAddress remote) throws NetException {
    return connect(remote, /* local= */ null);
  }

  @Override
  public Socket connect(SocketAddress remote, @Nullable SocketAddress local) throws NetException {
    return NioSocket.connecting(this, NioChannels.connect(this, remote, local));
  }

  @Override
  public Listener listen(SocketAddress local, int backlog, boolean reusePort) throws NetException {
    return listen(local, backlog, reusePort, /* ipv6Only= */ false);
  }

  @Override
  public Listener listen(SocketAddress local, int backlog, boolean reusePort, boolean ipv6Only)
      throws NetException {
    ServerSocketChannel channel = NioChannels.listen(this, local, backlog, reusePort, ipv6Only);
    return new NioListener(this, channel, NioDescriptors.UNKNOWN);
  }

  @Override
  public Socket adopt(int descriptor) throws NetException {
    return NioSocket.connected(this, NioDescriptors.connected(descriptor), descriptor);
  }

  @Override
  public Listener adoptListener(int descriptor) throws NetException {
    return new NioListener(this, NioDescriptors.listening(descriptor), descriptor);
  }

  @Override
  public void register(Socket accepted) {
    ((NioSocket) accepted).moveTo(this);
  }

  // Memory.

  @Override
  public ByteBuffer allocate(int capacity) {
    return ByteBuffer.allocateDirect(capacity);
  }

  /**
   * Where bytes of heap buffers pass through. The JDK would keep direct memory of the size of each
   * heap buffer that it is given.
   */
  ByteBuffer copyRegion() {
    ByteBuffer region = copyRegion;
    if (region == null) {
      region = ByteBuffer.allocateDirect(COPY_SIZE);
      copyRegion = region;
    }
    return region.clear();
  }

  // Readiness.

  @Override
  public void poll(long nanos) {
    Thread.interrupted(); // it would end every sleep from now on
    woken = false;
    try {
      int found = select(collect, nanos);
      dispatch();
      if (found >= PERHAPS_MORE) {
        pollTheRest(found);
      }
    } finally {
      releaseClosed();
    }
  }

  /** Once for every channel at the most: some may be ready without an end. */
  private void pollTheRest(int served) {
    int left = selector.keys().size() - served;
    for (int found = served; found >= PERHAPS_MORE && left > 0; left -= found) {
      found = selectAgain(collect);
      dispatch();
    }
  }

  private void dispatch() {
    dispatching = true;
    try {
      for (int i = 0; i < ready.size(); i++) {
        SelectionKey key = ready.get(i);
        if (key.isValid()) {
          ((NioRegistration) key.attachment()).ready(key.readyOps());
        }
      }
    } finally {
      ready.clear();
      dispatching = false;
    }
  }

  private int select(Consumer<SelectionKey> action, long nanos) {
    try {
      if (nanos == 0) {
        return selector.selectNow(action);
      }
      // Rounded up, lest the last part of a millisecond is waited for without a sleep.
      long millis = nanos / NANOS_PER_MILLI + (nanos % NANOS_PER_MILLI > 0 ? 1 : 0);
      return selector.select(action, Math.max(millis, 0)); // 0 is without a limit
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Selects beside the sleep of {@link #poll}, and so as not to swallow a wake-up meant for it. */
  private int selectAgain(Consumer<SelectionKey> action) {
    int found = select(action, 0);
    if (woken) {
      selector.wakeup();
    }
    return found;
  }

  @Override
  public void wakeUp() {
    woken = true;
    selector.wakeup();
  }

  Selector selector() {
    return selector;
  }

  // Closing.

  /**
   * Closes a channel whose key is cancelled. The JDK keeps the descriptor of one that is still
   * registered, and shuts it down first, which costs two more system calls; and it deregisters only
   * when the selector runs the next time. So that is had run now, or once for all that the handlers
   * of one poll close.
   */
  void close(SelectableChannel channel) {
    closing.add(channel);
    if (!dispatching) {
      releaseClosed();
    }
  }

  /** Closes the descriptors of all channels that are to be; says whether there were any. */
  boolean releaseClosed() {
    if (closing.isEmpty()) {
      return false;
    }
    selectAgain(NioTransport::passOver); // what is ready now is told by the next poll
    closing.forEach(NioChannels::closeQuietly);
    closing.clear();
    return true;
  }

  private static void passOver(SelectionKey ready) {}

  /** Something that takes a descriptor. */
  interface Opening<T> {
    T run() throws IOException;
  }

  /** Runs {@code opening}, a second time if descriptors have become free by the first failure. */
  <T> T withDescriptor(Opening<T> opening) throws IOException {
    try {
      return opening.run();
    } catch (IOException e) {
      if (!releaseClosed()) {
        throw e;
      }
    }
    return opening.run();
  }

  @Override
  public void close() {
    releaseClosed();
    try {
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
