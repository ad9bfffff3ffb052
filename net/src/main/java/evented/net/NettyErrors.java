package evented.net;

import io.netty.channel.unix.Errors;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Turns what Netty throws into {@link NetException}s, whichever kernel interface it came from. */
final class NettyErrors {
  private NettyErrors() {}

  static NetException toNetException(
      String syscall, @Nullable SocketAddress address, Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof Errors.NativeIoException exception) {
        return NetException.of(
            syscall, ErrorCode.ofErrno(Math.abs(exception.expectedErr())), address, thrown);
      }
    }
    return NetException.of(syscall, address, thrown);
  }

  /** Whether the process or the system has run out of descriptors. */
  static boolean isOutOfDescriptors(Throwable thrown) {
    ErrorCode code = ErrorCode.of(thrown);
    return code == ErrorCode.EMFILE || code == ErrorCode.ENFILE;
  }
}
