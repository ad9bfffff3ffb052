package evented.net;

import io.netty.channel.ChannelException;
import io.netty.channel.unix.Socket;
import java.io.IOException;

/** Finds out what a descriptor is before it is adopted (semantics S3), and leaves it as it was. */
final class NettyDescriptor {
  // The numbers of Linux, the only system on which descriptors are adopted.
  private static final int SOL_SOCKET = 1;
  private static final int SO_TYPE = 3;
  private static final int SO_PEERCRED = 17;
  private static final int SO_RCVTIMEO = 20;
  private static final int SO_SNDTIMEO = 21;
  private static final int SO_ACCEPTCONN = 30;
  private static final int SO_DOMAIN = 39;
  private static final int AF_UNIX = 1;
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int SOCK_STREAM = 1;

  private NettyDescriptor() {}

  /**
   * Says whether a listening descriptor is a UNIX socket rather than a TCP one.
   *
   * @throws NetException if it is no listening stream socket
   */
  static boolean checkListens(int descriptor) throws NetException {
    return check("listenFD", descriptor, /* listens= */ true);
  }

  /**
   * Says whether a connected descriptor is a UNIX socket rather than a TCP one.
   *
   * @throws NetException if it is no connected stream socket
   */
  static boolean checkConnected(int descriptor) throws NetException {
    return check("adopt", descriptor, /* listens= */ false);
  }

  private static boolean check(String call, int descriptor, boolean listens) throws NetException {
    int domain;
    try {
      Socket socket = new Socket(descriptor); // asks for its address, so this may fail as well
      domain = socket.getIntOpt(SOL_SOCKET, SO_DOMAIN);
      if (socket.getIntOpt(SOL_SOCKET, SO_TYPE) != SOCK_STREAM) {
        throw problem(call, descriptor, ErrorCode.EOPNOTSUPP, "is no stream socket");
      }
      if (listens && socket.getIntOpt(SOL_SOCKET, SO_ACCEPTCONN) == 0) {
        throw problem(call, descriptor, ErrorCode.EINVAL, "is bound but does not listen");
      }
      if (!listens && !isConnected(socket, domain)) {
        throw problem(call, descriptor, ErrorCode.ENOTCONN, "is not connected");
      }
    } catch (NetException e) {
      throw e;
    } catch (IOException | ChannelException e) {
      ErrorCode code = ErrorCode.ofText(String.valueOf(e.getMessage()));
      throw problem(
          call,
          descriptor,
          code == null ? ErrorCode.EBADF : code,
          code == ErrorCode.ENOTSOCK ? "is no socket" : "is not open");
    }
    if (domain != AF_UNIX && domain != AF_INET && domain != AF_INET6) {
      throw problem(call, descriptor, ErrorCode.EAFNOSUPPORT, "is neither a TCP nor a UNIX socket");
    }
    return domain == AF_UNIX;
  }

  private static boolean isConnected(Socket socket, int domain) throws IOException {
    if (domain != AF_UNIX) {
      return socket.remoteAddress() != null;
    }
    // The peer may well have no address, but its process is known: struct ucred {pid, uid, gid}.
    java.nio.ByteBuffer peer =
        java.nio.ByteBuffer.allocateDirect(12).order(java.nio.ByteOrder.nativeOrder());
    socket.getRawOpt(SOL_SOCKET, SO_PEERCRED, peer);
    return peer.getInt(4) != -1;
  }

  private static NetException problem(String call, int descriptor, ErrorCode code, String what) {
    return new NetException(
        call + " " + code + ": descriptor " + descriptor + " " + what, code.name());
  }

  /**
   * Bounds how long an accept may block. A descriptor that was handed down may be in blocking mode,
   * and Netty has no call to change that. The loop accepts only what epoll has announced; if
   * another process that shares the socket is quicker, this timeout lets the accept come back.
   */
  static void boundAccept(Socket socket) throws IOException {
    bound(socket, SO_RCVTIMEO);
  }

  /** Bounds how long reading and writing may block, for the same reason. */
  static void boundTransfer(Socket socket) throws IOException {
    bound(socket, SO_RCVTIMEO);
    bound(socket, SO_SNDTIMEO);
  }

  private static void bound(Socket socket, int option) throws IOException {
    java.nio.ByteBuffer timeval =
        java.nio.ByteBuffer.allocateDirect(16).order(java.nio.ByteOrder.nativeOrder());
    timeval.putLong(0).putLong(1000).flip(); // 0 seconds, 1,000 microseconds
    socket.setRawOpt(SOL_SOCKET, option, timeval);
  }
}
