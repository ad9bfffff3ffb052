package evented.net;

/** Numbers of Linux's interface, those that x86-64 and ARM64 have in common. */
final class Linux {
  static final int AF_UNIX = 1;
  static final int AF_INET = 2;
  static final int AF_INET6 = 10;

  static final int SOCK_STREAM = 1;
  static final int SOCK_NONBLOCK = 0x800;
  static final int SOCK_CLOEXEC = 0x80000;
  static final int SHUT_WR = 1;
  static final int MSG_DONTWAIT = 0x40;
  static final int MSG_NOSIGNAL = 0x4000;

  static final int EPOLL_CLOEXEC = 0x80000;
  static final int EPOLL_CTL_ADD = 1;
  static final int EPOLL_CTL_DEL = 2;
  static final int EPOLL_CTL_MOD = 3;
  static final int EPOLLIN = 0x1;
  static final int EPOLLOUT = 0x4;
  static final int EPOLLERR = 0x8;
  static final int EPOLLHUP = 0x10;
  static final int EPOLLRDHUP = 0x2000;
  static final int EPOLLET = 1 << 31;

  static final int SOL_SOCKET = 1;
  static final int SO_REUSEADDR = 2;
  static final int SO_TYPE = 3;
  static final int SO_ERROR = 4;
  static final int SO_KEEPALIVE = 9;
  static final int SO_LINGER = 13;
  static final int SO_REUSEPORT = 15;
  static final int SO_ACCEPTCONN = 30;
  static final int SO_DOMAIN = 39;

  static final int IPPROTO_TCP = 6;
  static final int TCP_NODELAY = 1;
  static final int TCP_KEEPIDLE = 4;
  static final int TCP_KEEPINTVL = 5;
  static final int TCP_KEEPCNT = 6;
  static final int IPPROTO_IPV6 = 41;
  static final int IPV6_V6ONLY = 26;

  static final int F_GETFL = 3;
  static final int F_SETFL = 4;
  static final int O_NONBLOCK = 0x800;

  // Each errno that decides something here; all others only get their names, by ErrorCode.
  static final int EINTR = 4;
  static final int EAGAIN = 11;
  static final int ENONET = 64;
  static final int EPROTO = 71;
  static final int ENOTSOCK = 88;
  static final int ENOPROTOOPT = 92;
  static final int ENETDOWN = 100;
  static final int ENETUNREACH = 101;
  static final int ECONNABORTED = 103;
  static final int EHOSTDOWN = 112;
  static final int EHOSTUNREACH = 113;
  static final int EINPROGRESS = 115;

  private Linux() {}
}
