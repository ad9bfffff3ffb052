package evented.net;

/** Takes over descriptors from elsewhere, once it is clear what they are. */
final class EpollAdoption {
  private final EpollSet set;
  private final String call;
  private final int descriptor;

  private EpollAdoption(EpollSet set, String call, int descriptor) {
    this.set = set;
    this.call = call;
    this.descriptor = descriptor;
  }

  /**
   * Takes over a listening descriptor.
   *
   * @throws NetException if it is no listening stream socket; it is left as it was
   */
  static EpollListener listener(EpollSet set, int descriptor) throws NetException {
    EpollAdoption adoption = new EpollAdoption(set, "listenFD", descriptor);
    boolean tcp = adoption.checkStream();
    if (adoption.option(Linux.SO_ACCEPTCONN) == 0) {
      throw adoption.problem(ErrorCode.EINVAL, "is bound but does not listen");
    }
    adoption.setNonBlocking();
    return new EpollListener(set, descriptor, tcp, /* shared= */ true);
  }

  /**
   * Takes over a connected descriptor.
   *
   * @throws NetException if it is no connected stream socket; it is left as it was
   */
  static EpollSocket socket(EpollSet set, int descriptor) throws NetException {
    EpollAdoption adoption = new EpollAdoption(set, "adopt", descriptor);
    boolean tcp = adoption.checkStream();
    if (set.libc.getpeername(descriptor) < 0) {
      throw adoption.problem(ErrorCode.ENOTCONN, "is not connected");
    }
    byte[] remoteBytes = set.libc.address();
    adoption.setNonBlocking();
    return EpollSocket.adopted(set, descriptor, tcp, remoteBytes);
  }

  /** Says whether it is a TCP rather than a UNIX socket. */
  private boolean checkStream() throws NetException {
    if (option(Linux.SO_TYPE) != Linux.SOCK_STREAM) {
      throw problem(ErrorCode.EOPNOTSUPP, "is no stream socket");
    }
    return switch (option(Linux.SO_DOMAIN)) {
      case Linux.AF_UNIX -> false;
      case Linux.AF_INET, Linux.AF_INET6 -> true;
      default -> throw problem(ErrorCode.EAFNOSUPPORT, "is neither a TCP nor a UNIX socket");
    };
  }

  private int option(int name) throws NetException {
    int value = set.libc.option(descriptor, Linux.SOL_SOCKET, name);
    if (value == -Linux.ENOTSOCK) {
      throw problem(ErrorCode.ENOTSOCK, "is no socket");
    }
    if (value < 0) {
      throw problem(ErrorCode.ofErrno(-value), "is not open");
    }
    return value;
  }

  private void setNonBlocking() throws NetException {
    int flags = set.libc.fcntl(descriptor, Linux.F_GETFL, 0);
    int outcome =
        flags < 0 ? flags : set.libc.fcntl(descriptor, Linux.F_SETFL, flags | Linux.O_NONBLOCK);
    if (outcome < 0) {
      throw problem(ErrorCode.ofErrno(-outcome), "cannot be kept from blocking");
    }
  }

  private NetException problem(ErrorCode code, String what) {
    return new NetException(
        call + " " + code + ": descriptor " + descriptor + " " + what, code.name());
  }
}
