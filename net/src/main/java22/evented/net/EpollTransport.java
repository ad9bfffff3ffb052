package evented.net;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Linux's epoll, through the foreign-function API. Asked for by its name, since it takes JDK 22.
 *
 * <p>{@code want} is told to the kernel with the next {@code poll}; should the kernel refuse to
 * watch a socket, that {@code poll} tells {@link Socket.Handler#hungUp}, and {@link #register}
 * never fails.
 */
final class EpollTransport implements Transport {
  static {
    // Loaded while there are descriptors: from a folder, loading a class takes one.
    var unused = EpollErrors.of("socket", ErrorCode.EMFILE.errno(), /* address= */ null);
  }

  private static final Set<String> PROCESSORS = Set.of("amd64", "aarch64");
  private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final EpollSet set;
  private final EpollWakeUp wakeUp;
  private boolean closed;

  EpollTransport() throws NetException {
    set = new EpollSet();
    try {
      wakeUp = new EpollWakeUp(set);
    } catch (NetException e) {
      set.close();
      throw e;
    }
  }

  /** Says in a sentence why this JVM cannot have it; null if it can. */
  static @Nullable String whyUnavailable() {
    return Problem.TEXT;
  }

  /** Looked for once, since the JVM tells the cause of a class's failure only the first time. */
  private static final class Problem {
    static final @Nullable String TEXT = find();

    private static @Nullable String find() {
      String system = System.getProperty("os.name", "");
      if (!system.equals("Linux")) {
        return "epoll belongs to Linux, and this is " + system;
      }
      String processor = System.getProperty("os.arch", "");
      if (!PROCESSORS.contains(processor)) {
        return "epoll is supported on x86-64 and ARM64, and this is " + processor;
      }
      try {
        Libc.check();
        return null;
      } catch (LinkageError | RuntimeException e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
          cause = cause.getCause();
        }
        return cause instanceof IllegalCallerException
            ? "the JVM refuses native access; start it with --enable-native-access=" + moduleName()
            : "the C library cannot be called: " + cause;
      }
    }
  }

  private static String moduleName() {
    Module module = EpollTransport.class.getModule();
    return module.isNamed() ? module.getName() : "ALL-UNNAMED";
  }

  @Override
  public Socket connect(SocketAddress remote) throws NetException {
    return connect(remote, /* local= */ null);
  }

  @Override
  public Socket connect(SocketAddress remote, @Nullable SocketAddress local) throws NetException {
    byte[] address = EpollAddress.encode("connect", remote);
    int descriptor = open("connect", remote);
    if (local != null) {
      bind(descriptor, local);
    }
    int outcome = set.libc.connect(descriptor, address);
    // Interrupted, it goes on by itself, as one in progress does.
    if (outcome < 0 && outcome != -Linux.EINPROGRESS && outcome != -Linux.EINTR) {
      Libc.close(descriptor);
      throw EpollErrors.of("connect", -outcome, remote);
    }
    return EpollSocket.connecting(set, descriptor, remote);
  }

  private void bind(int descriptor, SocketAddress local) throws NetException {
    int outcome = set.libc.setOption(descriptor, Linux.SOL_SOCKET, Linux.SO_REUSEADDR, 1);
    if (outcome >= 0) {
      outcome = set.libc.bind(descriptor, EpollAddress.encode("bind", local));
    }
    if (outcome < 0) {
      Libc.close(descriptor);
      throw EpollErrors.of("bind", -outcome, local);
    }
  }

  private int open(String syscall, SocketAddress address) throws NetException {
    int descriptor = set.libc.socket(EpollAddress.family(address));
    if (descriptor < 0) {
      throw EpollErrors.of(syscall, -descriptor, address);
    }
    return descriptor;
  }

  @Override
  public Socket adopt(int descriptor) throws NetException {
    return EpollAdoption.socket(set, descriptor);
  }

  @Override
  public Listener listen(SocketAddress local, int backlog, boolean reusePort) throws NetException {
    return listen(local, backlog, reusePort, /* ipv6Only= */ false);
  }

  @Override
  public Listener listen(SocketAddress local, int backlog, boolean reusePort, boolean ipv6Only)
      throws NetException {
    byte[] address = EpollAddress.encode("listen", local);
    int descriptor = open("listen", local);
    boolean tcp = EpollAddress.family(local) != Linux.AF_UNIX;
    int outcome = tcp ? setOptions(descriptor, (InetSocketAddress) local, reusePort, ipv6Only) : 0;
    if (outcome >= 0) {
      outcome = set.libc.bind(descriptor, address);
    }
    if (outcome >= 0) {
      outcome = set.libc.listen(descriptor, backlog);
    }
    if (outcome < 0) {
      Libc.close(descriptor);
      throw EpollErrors.of("listen", -outcome, local);
    }
    return new EpollListener(set, descriptor, tcp, /* shared= */ false);
  }

  private int setOptions(
      int descriptor, InetSocketAddress local, boolean reusePort, boolean ipv6Only) {
    Libc libc = set.libc;
    int outcome = libc.setOption(descriptor, Linux.SOL_SOCKET, Linux.SO_REUSEADDR, 1);
    if (outcome >= 0 && reusePort) {
      outcome = libc.setOption(descriptor, Linux.SOL_SOCKET, Linux.SO_REUSEPORT, 1);
    }
    if (outcome >= 0 && EpollAddress.family(local) == Linux.AF_INET6) {
      // "::" takes IPv4 as well, whatever the system's default; an address takes only its own.
      int only = local.getAddress().isAnyLocalAddress() && !ipv6Only ? 0 : 1;
      outcome = libc.setOption(descriptor, Linux.IPPROTO_IPV6, Linux.IPV6_V6ONLY, only);
    }
    return outcome;
  }

  @Override
  public Listener adoptListener(int descriptor) throws NetException {
    return EpollAdoption.listener(set, descriptor);
  }

  @Override
  public void register(Socket accepted) {
    ((EpollSocket) accepted).move(set);
  }

  /** Heap memory: it is given to the kernel as it is, and the collector takes it back. */
  @Override
  public ByteBuffer allocate(int capacity) {
    return ByteBuffer.allocate(capacity);
  }

  @Override
  public void poll(long nanos) {
    set.poll(millis(nanos));
  }

  /** Rounded up: a wait that is too short by a fraction would be repeated until it is over. */
  private static int millis(long nanos) {
    if (nanos <= 0) {
      return nanos == 0 ? 0 : -1;
    }
    return (int) Math.min((nanos - 1) / NANOS_PER_MILLI + 1, Integer.MAX_VALUE);
  }

  @Override
  public void wakeUp() {
    wakeUp.signal();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      wakeUp.close();
      set.close();
    }
  }
}
