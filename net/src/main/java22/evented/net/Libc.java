package evented.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;

/**
 * The system calls of Linux that the transport makes, through the C library.
 *
 * <p>Each answers as the kernel itself does: with the result, or with the negated errno. Calls that
 * cannot block are <em>critical</em>: the thread does not leave Java for them, and heap memory is
 * passed as it is. Since no garbage can be collected meanwhile, nothing that may sleep, or look up
 * a file, is called so.
 *
 * <p>An instance is the memory in which one thread at a time gets errno and small results.
 */
final class Libc {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final long ERRNO_OFFSET =
      CALL_STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

  /** What {@code struct sockaddr_storage} takes: more than any address of ours. */
  private static final int ADDRESS_SIZE = 128;

  private static final int NO_DESCRIPTOR = -1;

  private static final MethodHandle DLSYM = dlsym();

  private static final MethodHandle RECV =
      critical("recv", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
  private static final MethodHandle SEND =
      critical("send", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
  private static final MethodHandle ACCEPT4 =
      critical("accept4", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
  private static final MethodHandle EPOLL_CTL =
      critical("epoll_ctl", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
  private static final MethodHandle EPOLL_LOOK =
      critical("epoll_wait", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  private static final MethodHandle EPOLL_SLEEP =
      ordinary("epoll_wait", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  private static final MethodHandle SHUTDOWN = critical("shutdown", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle SOCKET =
      critical("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle GETSOCKOPT =
      critical("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
  private static final MethodHandle SETSOCKOPT =
      critical("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle CONNECT =
      ordinary("connect", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle BIND = ordinary("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle LISTEN = ordinary("listen", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle GETSOCKNAME =
      ordinary("getsockname", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
  private static final MethodHandle GETPEERNAME =
      ordinary("getpeername", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
  private static final MethodHandle EPOLL_CREATE1 = ordinary("epoll_create1", JAVA_INT, JAVA_INT);
  private static final MethodHandle EVENTFD = ordinary("eventfd", JAVA_INT, JAVA_INT, JAVA_INT);

  /** Variadic in C, which some machines pass otherwise than by name. */
  private static final MethodHandle FCNTL =
      link(
          "fcntl",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT),
          Linker.Option.captureCallState("errno"),
          Linker.Option.firstVariadicArg(2));

  // Called from any thread, and nothing can be done about their failures: without errno.
  private static final MethodHandle CLOSE =
      link("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT), Linker.Option.critical(false));
  private static final MethodHandle EVENTFD_WRITE =
      link(
          "eventfd_write",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG),
          Linker.Option.critical(false));

  private final MemorySegment callState;
  private final MemorySegment event;
  private final MemorySegment address;
  private final MemorySegment number;
  private final MemorySegment linger;
  private final MemorySegment length;

  Libc(Arena arena) {
    callState = arena.allocate(CALL_STATE);
    event = arena.allocate(EpollEvents.SIZE);
    address = arena.allocate(ADDRESS_SIZE, Long.BYTES);
    number = arena.allocate(JAVA_INT);
    linger = arena.allocate(JAVA_INT, 2);
    length = arena.allocate(JAVA_INT);
  }

  /** Makes a call that must fail, so as to see whether functions and errno can be reached. */
  static void check() {
    try (Arena arena = Arena.ofConfined()) {
      int outcome = new Libc(arena).recv(NO_DESCRIPTOR, ByteBuffer.allocate(1));
      if (ErrorCode.ofErrno(-outcome) != ErrorCode.EBADF) {
        throw new IllegalStateException("recv without a descriptor has returned " + outcome);
      }
    }
  }

  private static MethodHandle critical(
      String name, MemoryLayout result, MemoryLayout... parameters) {
    return link(
        name,
        FunctionDescriptor.of(result, parameters),
        Linker.Option.captureCallState("errno"),
        Linker.Option.critical(true));
  }

  private static MethodHandle ordinary(
      String name, MemoryLayout result, MemoryLayout... parameters) {
    return link(
        name, FunctionDescriptor.of(result, parameters), Linker.Option.captureCallState("errno"));
  }

  @SuppressWarnings("restricted") // whether it is allowed shows in EpollTransport.whyUnavailable
  private static MethodHandle link(
      String name, FunctionDescriptor descriptor, Linker.Option... options) {
    return LINKER.downcallHandle(find(name), descriptor, options);
  }

  /**
   * Finds a function as a C program would, so that what was put before the C library ({@code
   * LD_PRELOAD}) counts. The linker's own lookup knows that library alone.
   */
  private static MemorySegment find(String name) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment function =
          (MemorySegment) DLSYM.invokeExact(MemorySegment.NULL, arena.allocateFrom(name));
      if (function.equals(MemorySegment.NULL)) {
        throw new UnsatisfiedLinkError("the C library has no " + name);
      }
      return function;
    } catch (Throwable thrown) {
      throw unforeseen(thrown);
    }
  }

  @SuppressWarnings("restricted")
  private static MethodHandle dlsym() {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().find("dlsym").orElseThrow(),
        FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
  }

  private int errno() {
    return callState.get(JAVA_INT, ERRNO_OFFSET);
  }

  private int outcome(int result) {
    return result >= 0 ? result : -errno();
  }

  /** What none of these functions throws; so it is an error of the JVM's. */
  private static RuntimeException unforeseen(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return thrown instanceof RuntimeException e ? e : new IllegalStateException(thrown);
  }

  // Bytes.

  /** Reads into the remaining room of {@code into}, and moves its position. */
  int recv(int descriptor, ByteBuffer into) {
    try {
      long count =
          (long)
              RECV.invokeExact(
                  callState,
                  descriptor,
                  MemorySegment.ofBuffer(into),
                  (long) into.remaining(),
                  Linux.MSG_DONTWAIT);
      if (count < 0) {
        return -errno();
      }
      into.position(into.position() + (int) count);
      return (int) count;
    } catch (Throwable thrown) {
      throw unforeseen(thrown);
    }
  }

  /** Writes what remains in {@code bytes}, and moves its position. */
  int send(int descriptor, ByteBuffer bytes) {
    try {
      long count =
          (long)
              SEND.invokeExact(
                  callState,
                  descriptor,
                  MemorySegment.ofBuffer(bytes),
                  (long) bytes.remaining(),
                  Linux.MSG_DONTWAIT | Linux.MSG_NOSIGNAL);
      if (count < 0) {
        return -errno();
      }
      bytes.position(bytes.position() + (int) count);
      return (int) count;
    } catch (Throwable thrown) {
      throw unforeseen(thrown);
    }
  }

  int shutdownOutput(int descriptor) {
    try {
      return outcome((int) SHUTDOWN.invokeExact(callState, descriptor, Linux.SHUT_WR));
    } catch (Throwable thrown) {
      throw unforeseen(thrown);
    }
  }

  /**
   * Closes a descriptor. Even when Linux reports a failure it is closed, so there is nothing to
   * retry: the number may be another's by then.
   */
  static void close(int descriptor) {
    try {
      int ignored = (int) CLOSE.invokeExact(descriptor);
    } catch (Throwable thrown) {
      throw unforeseen(thrown);
    }
  }

  // Readiness.

  int epollCreate() {
    try {
      return outcome((int) EPOLL_CREATE1.invokeExact(callState, Linux.EPOLL_CLOEXEC));
    } catch (Throwable thrown) {
      throw unforeseen(thrown);
    }
  }

  int epollControl(int epoll, int operation, int descriptor, int events, long data) {
    event.set(JAVA_INT_UNALIGNED, 0, events);
    event.set(JAVA_LONG_UNALIGNED, EpollEvents.DATA_OFFSET, data);
    try {
      return outcome((int) EPOLL_CTL.invokeExact(callState, epoll, operation, descriptor, event));
    } catch (Throwable thrown) {
      throw unforeseen(thrown);
    }
  }

  /**
   * Waits for events.
   *
   * @param millis -1 for as long as it takes
   */
  int epollWait(int epoll, EpollEvents events, int millis) {
    MemorySegment array = events.array();
    int capacity = events.capacity();
    try {
      return outcome(
          millis == 0
              ? (int) EPOLL_LOOK.invokeExact(callState, epoll, array, capacity, 0)
              : (int) EPOLL_SLEEP.invokeExact(callState, epoll, array, capacity, millis));
    } catch (Throwable thrown) {
      throw unforeseen(thrown);
    }
  }

  int eventfd() {
    try {
      return outcome(
          (int) EVENTFD.invokeExact(callState, 0, Linux.SOCK_NONBLOCK | Linux.SOCK_CLOEXEC));
    } catch (Throwable thrown) {
      throw unforeseen(thrown);
    }
  }

  /** Adds one to the counter of an eventfd. */
  static void eventfdWrite(int descriptor) {
    try {
      int ignored = (int) EVENTFD_WRITE.invokeExact(descriptor, 1L);
    } catch (Throwable thrown) {
      throw unforeseen(thrown);
    }
  }

  // Sockets.

  int socket(int domain) {
    int type = Linux.SOCK_STREAM | Linux.SOCK_NONBLOCK | Linux.SOCK_CLOEXEC;
    try {
      return outcome((int) SOCKET.invokeExact(callState, domain, type, 0));
    } catch (Throwable thrown) {
      throw unforeseen(thrown);
    }
  }

  int connect(int descriptor, byte[] to) {
    try {
      return outcome((int) CONNECT.invokeExact(callState, descriptor, copy(to), to.length));
    } catch (Throwable thrown) {
      throw unforeseen(thrown);
    }
  }

  int bind(int descriptor, byte[] to) {
    try {
      return outcome((int) BIND.invokeExact(callState, descriptor, copy(to), to.length));
    } catch (Throwable thrown) {
      throw unforeseen(thrown);
    }
  }

  int listen(int descriptor, int backlog) {
    try {
      return outcome((int) LISTEN.invokeExact(callState, descriptor, backlog));
    } catch (Throwable thrown) {
      throw unforeseen(thrown);
    }
  }

  /** Accepts a connection; {@link #address} then tells whose it is. */
  int accept(int descriptor) {
    length.set(JAVA_INT, 0, ADDRESS_SIZE);
    int flags = Linux.SOCK_NONBLOCK | Linux.SOCK_CLOEXEC;
    try {
      return outcome((int) ACCEPT4.invokeExact(callState, descriptor, address, length, flags));
    } catch (Throwable thrown) {
      throw unforeseen(thrown);
    }
  }

  /** Asks for this end's address, which {@link #address} then tells. */
  int getsockname(int descriptor) {
    length.set(JAVA_INT, 0, ADDRESS_SIZE);
    try {
      return outcome((int) GETSOCKNAME.invokeExact(callState, descriptor, address, length));
    } catch (Throwable thrown) {
      throw unforeseen(thrown);
    }
  }

  /** Asks for the peer's address, which {@link #address} then tells. */
  int getpeername(int descriptor) {
    length.set(JAVA_INT, 0, ADDRESS_SIZE);
    try {
      return outcome((int) GETPEERNAME.invokeExact(callState, descriptor, address, length));
    } catch (Throwable thrown) {
      throw unforeseen(thrown);
    }
  }

  /** The address that the last call has told; a copy. */
  byte[] address() {
    byte[] bytes = new byte[Math.min(length.get(JAVA_INT, 0), ADDRESS_SIZE)];
    MemorySegment.ofArray(bytes).copyFrom(address.asSlice(0, bytes.length));
    return bytes;
  }

  private MemorySegment copy(byte[] socketAddress) {
    address.asSlice(0, socketAddress.length).copyFrom(MemorySegment.ofArray(socketAddress));
    return address;
  }

  // Options.

  /** Returns an option that is no negative number, or the negated errno. */
  int option(int descriptor, int level, int name) {
    length.set(JAVA_INT, 0, Integer.BYTES);
    try {
      int outcome =
          outcome((int) GETSOCKOPT.invokeExact(callState, descriptor, level, name, number, length));
      return outcome < 0 ? outcome : number.get(JAVA_INT, 0);
    } catch (Throwable thrown) {
      throw unforeseen(thrown);
    }
  }

  int setOption(int descriptor, int level, int name, int value) {
    number.set(JAVA_INT, 0, value);
    try {
      return outcome(
          (int) SETSOCKOPT.invokeExact(callState, descriptor, level, name, number, Integer.BYTES));
    } catch (Throwable thrown) {
      throw unforeseen(thrown);
    }
  }

  /** What closing does with bytes that wait: after {@code seconds} they are dropped. */
  int setLinger(int descriptor, int seconds) {
    linger.set(JAVA_INT, 0, 1);
    linger.set(JAVA_INT, Integer.BYTES, seconds);
    try {
      return outcome(
          (int)
              SETSOCKOPT.invokeExact(
                  callState,
                  descriptor,
                  Linux.SOL_SOCKET,
                  Linux.SO_LINGER,
                  linger,
                  2 * Integer.BYTES));
    } catch (Throwable thrown) {
      throw unforeseen(thrown);
    }
  }

  int fcntl(int descriptor, int command, int argument) {
    try {
      return outcome((int) FCNTL.invokeExact(callState, descriptor, command, argument));
    } catch (Throwable thrown) {
      throw unforeseen(thrown);
    }
  }
}
