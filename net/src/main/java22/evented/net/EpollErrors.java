package evented.net;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Makes exceptions of errnos. */
final class EpollErrors {
  private EpollErrors() {}

  /** For a failed system call; an errno that is not in the table is told as a number. */
  static NetException of(String syscall, int errno, @Nullable SocketAddress address) {
    ErrorCode code = ErrorCode.ofErrno(errno);
    NetException named = NetException.of(syscall, code, address, /* cause= */ null);
    if (code != ErrorCode.UNKNOWN) {
      return named;
    }
    String message = named.getMessage() + " (errno " + errno + ")";
    return new NetException(message, code.name(), syscall, /* cause= */ null);
  }
}
