package evented.net;

import java.io.IOException;
import java.lang.reflect.InaccessibleObjectException;
import java.net.StandardProtocolFamily;
import java.nio.channels.Channel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * Makes channels of descriptors that someone else has opened, once it is sure what they are. The
 * JDK offers that for descriptor 0 alone; for the others its internals are used, which the user
 * must open.
 */
final class NioDescriptors {
  /** In place of the number of a descriptor that the JDK keeps to itself. */
  static final int UNKNOWN = -1;

  private static final int STDIN = 0;
  private static final int SOCK_STREAM = 1;

  // As in the system's <sys/socket.h>.
  private static final boolean MACOS = System.getProperty("os.name", "").startsWith("Mac");
  private static final int SOL_SOCKET = MACOS ? 0xffff : 1;
  private static final int SO_TYPE = MACOS ? 0x1008 : 3;
  private static final int SO_ACCEPTCONN = MACOS ? 2 : 30;

  private final String call;
  private final int descriptor;

  private NioDescriptors(String call, int descriptor) {
    this.call = call;
    this.descriptor = descriptor;
  }

  /**
   * Takes over a connected descriptor.
   *
   * @throws NetException if it is no connected stream socket, or the JDK's internals are closed
   */
  static SocketChannel connected(int descriptor) throws NetException {
    return new NioDescriptors("adopt", descriptor).connected();
  }

  /**
   * Takes over a listening descriptor.
   *
   * @throws NetException if it is no listening stream socket, or the JDK's internals are closed
   */
  static ServerSocketChannel listening(int descriptor) throws NetException {
    return new NioDescriptors("listenFD", descriptor).listening();
  }

  private SocketChannel connected() throws NetException {
    NioInternals internals = internals();
    try {
      if (internals == null) {
        return nonBlocking(inherited(SocketChannel.class, ErrorCode.ENOTCONN, "is not connected"));
      }
      checkStream(internals);
      StandardProtocolFamily family = family(internals);
      if (!internals.isConnected(descriptor)) {
        throw problem(ErrorCode.ENOTCONN, "is not connected");
      }
      return nonBlocking(internals.socketChannel(descriptor, family));
    } catch (IOException e) {
      throw named(e);
    }
  }

  private ServerSocketChannel listening() throws NetException {
    NioInternals internals = internals();
    try {
      if (internals == null) {
        return nonBlocking(inherited(ServerSocketChannel.class, ErrorCode.EINVAL, "is connected"));
      }
      checkStream(internals);
      if (internals.option(descriptor, SOL_SOCKET, SO_ACCEPTCONN) == 0) {
        throw problem(ErrorCode.EINVAL, "is bound but does not listen");
      }
      return nonBlocking(internals.serverSocketChannel(descriptor, family(internals)));
    } catch (IOException e) {
      throw named(e);
    }
  }

  /** The JDK's internals; null if they are closed and this descriptor can do without. */
  private @Nullable NioInternals internals() throws NetException {
    try {
      return NioInternals.open();
    } catch (InaccessibleObjectException e) {
      if (descriptor == STDIN) {
        return null;
      }
      Module module = NioDescriptors.class.getModule();
      throw problem(
          ErrorCode.EOPNOTSUPP,
          "can be taken over by the nio transport only if the JVM is started with --add-opens "
              + NioInternals.PACKAGE
              + "="
              + (module.isNamed() ? module.getName() : "ALL-UNNAMED")
              + "; the epoll transport, on Linux with JDK 22 or newer, needs no such flag");
    } catch (ReflectiveOperationException e) {
      throw problem(ErrorCode.EOPNOTSUPP, "cannot be taken over by the nio transport of this JDK");
    }
  }

  private <T extends Channel> T inherited(Class<T> type, ErrorCode otherwise, String what)
      throws IOException {
    Channel channel = System.inheritedChannel();
    if (type.isInstance(channel)) {
      return type.cast(channel);
    }
    boolean stream = channel instanceof SocketChannel || channel instanceof ServerSocketChannel;
    if (stream) {
      throw problem(otherwise, what);
    }
    throw channel == null
        ? problem(ErrorCode.ENOTSOCK, "is no socket")
        : problem(ErrorCode.EOPNOTSUPP, "is no stream socket");
  }

  private void checkStream(NioInternals internals) throws IOException {
    if (internals.option(descriptor, SOL_SOCKET, SO_TYPE) != SOCK_STREAM) {
      throw problem(ErrorCode.EOPNOTSUPP, "is no stream socket");
    }
  }

  private StandardProtocolFamily family(NioInternals internals) throws IOException {
    StandardProtocolFamily family = internals.family(descriptor);
    if (family == null) {
      throw problem(ErrorCode.EAFNOSUPPORT, "is neither a TCP nor a UNIX socket");
    }
    return family;
  }

  private static <T extends SelectableChannel> T nonBlocking(T channel) throws IOException {
    channel.configureBlocking(false);
    return channel;
  }

  private NetException named(IOException cause) {
    if (cause instanceof NetException named) {
      return named;
    }
    ErrorCode code = ErrorCode.of(cause);
    if (code == ErrorCode.ENOTSOCK) {
      return problem(code, "is no socket");
    }
    return code == null || code == ErrorCode.EBADF
        ? problem(ErrorCode.EBADF, "is not open")
        : problem(code, "cannot be taken over: " + cause.getMessage());
  }

  private NetException problem(ErrorCode code, String what) {
    return new NetException(
        call + " " + code + ": descriptor " + descriptor + " " + what, code.name());
  }
}
