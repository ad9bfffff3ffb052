package evented.net;

import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/**
 * What one channel asks its transport's selector for. There is no key before something is wanted,
 * and the selector is troubled only when that changes.
 *
 * <p>With nothing wanted the selector takes the descriptor out of the kernel's set, so a hang-up,
 * which the JDK shows as readiness for all that is wanted, never makes the loop spin.
 */
final class NioRegistration {
  /** Whose registration it is. */
  interface Owner {
    /** The channel is ready for some of what is wanted: operations of a selection key. */
    void ready(int operations);
  }

  private final SelectableChannel channel;
  private final Owner owner;
  private NioTransport transport;
  private @Nullable SelectionKey key;
  private int wanted;
  private boolean closed;

  NioRegistration(NioTransport transport, SelectableChannel channel, Owner owner) {
    this.transport = transport;
    this.channel = channel;
    this.owner = owner;
  }

  NioTransport transport() {
    return transport;
  }

  /** To be called before anything is wanted. */
  void moveTo(NioTransport transport) {
    this.transport = transport;
  }

  void want(int operations) {
    if (operations == wanted || closed) {
      return;
    }
    wanted = operations;
    if (key != null) {
      if (key.isValid()) {
        key.interestOps(operations);
      }
      return;
    }
    try {
      key = channel.register(transport.selector(), operations, this);
    } catch (ClosedChannelException ignored) {
      // by the JDK, after connecting has failed
    }
  }

  /** Called by the transport. */
  void ready(int operations) {
    int still = operations & wanted; // an earlier handler may have changed it
    if (still != 0) {
      owner.ready(still);
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** Closes the channel and has its descriptor released. */
  void close() {
    if (!closed) {
      closed = true;
      if (key == null) {
        NioChannels.closeQuietly(channel);
      } else {
        key.cancel();
        transport.close(channel);
      }
    }
  }
}
