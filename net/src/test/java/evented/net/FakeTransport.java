package evented.net;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A transport without a kernel, a thread or a clock: the test's own thread is its loop thread, and
 * nothing happens but in {@link #runUntilIdle} and {@link #advance}. As on a real loop, the tasks
 * that wait are run, then what the sockets are ready for is told, and again, until nothing is left.
 */
final class FakeTransport implements LegacyTransport {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** Where the next connection is made from, in place of the kernel's choice. */
  private static final int FIRST_PORT = 40_000;

  /** Those that are established. */
  final List<FakeConnection> connections = new ArrayList<>();

  /** Whether a hang-up is told of though nobody reads, as by epoll; else as by NIO. */
  boolean noticesHangUps = true;

  /** Whether {@code closed} comes only some time after {@code close}. */
  boolean closesLater;

  /** How long it takes to connect. */
  long connectMillis;

  private final Thread thread = Thread.currentThread();
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final PriorityQueue<Timed> timers = new PriorityQueue<>();
  private final Set<SocketAddress> answering = new HashSet<>();
  private final Map<SocketAddress, FakeAcceptor> acceptors = new HashMap<>();
  private final Queue<FakePeer> peers = new ArrayDeque<>();
  private long nanos = Long.MAX_VALUE - 1_000_000_000; // the clock overflows after a second
  private int timersMade;
  private int nextPort = FIRST_PORT;
  private boolean outside;
  private boolean stopped;

  // What the test calls.

  /** Runs all tasks that wait, and none that they give. */
  void runTasks() {
    for (int left = tasks.size(); left > 0; left--) {
      tasks.remove().run();
    }
  }

  /** Tells of what each socket is ready for; false if there was nothing. */
  boolean pollSockets() {
    boolean something = false;
    for (FakeConnection connection : List.copyOf(connections)) {
      something |= connection.poll();
    }
    return something;
  }

  void runUntilIdle() {
    for (int rounds = 0; ; rounds++) {
      if (rounds == 100_000) {
        throw new AssertionError("the loop spins");
      }
      runTasks();
      if (!pollSockets() && tasks.isEmpty()) {
        return;
      }
    }
  }

  /** Lets time pass; whatever is due on the way happens at its time. */
  void advance(long millis) {
    runUntilIdle();
    long end = nanos + millis * NANOS_PER_MILLI;
    while (!timers.isEmpty() && timers.peek().due - end <= 0) {
      Timed timer = timers.remove();
      if (timer.due - nanos > 0) {
        nanos = timer.due;
      }
      timer.task.run();
      runUntilIdle();
    }
    nanos = end;
  }

  /** Does what another thread would do. */
  void outside(Runnable calls) {
    outside = true;
    try {
      calls.run();
    } finally {
      outside = false;
    }
  }

  /** Has a peer of the test answer at {@code address}; {@link #nextPeer} gives it. */
  void answer(SocketAddress address) {
    answering.add(address);
  }

  /** The peer that has answered first, of those not given yet; null if there is none. */
  FakePeer nextPeer() {
    return peers.poll();
  }

  /** Connects a peer of the test to a server. */
  FakePeer dial(SocketAddress address) {
    FakeAcceptor acceptor = acceptors.get(address);
    FakeDial dial = new FakeDial();
    acceptor.accept(dial, newLocalAddress());
    return new FakePeer(dial.connection);
  }

  private SocketAddress newLocalAddress() {
    return new InetSocketAddress("192.0.2.9", nextPort++);
  }

  void checkInLoop() {
    if (!inLoop()) {
      throw new AssertionError("not on the loop thread");
    }
  }

  // What the engine calls.

  @Override
  public boolean inLoop() {
    return Thread.currentThread() == thread && !outside;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public Scheduled schedule(Runnable task, long millis) {
    checkInLoop();
    Timed timer = new Timed(nanos + millis * NANOS_PER_MILLI, timersMade++, task);
    timers.add(timer);
    return () -> timers.remove(timer);
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public Connection connect(SocketAddress remote, ConnectionEvents events) {
    checkInLoop();
    SocketAddress local = newLocalAddress();
    FakeConnection connection =
        new FakeConnection(this, events, new FakePipe(), new FakePipe(), local, remote);
    if (connectMillis > 0) {
      schedule(() -> finishConnect(connection, events), connectMillis);
    } else {
      execute(() -> finishConnect(connection, events));
    }
    return connection;
  }

  private void finishConnect(FakeConnection connection, ConnectionEvents events) {
    if (connection.isClosed()) {
      return;
    }
    SocketAddress remote = connection.remoteAddress();
    FakeAcceptor acceptor = acceptors.get(remote);
    if (acceptor == null && !answering.contains(remote)) {
      events.connectFailed(NetException.of("connect", ErrorCode.ECONNREFUSED, remote, null));
      return;
    }
    connection.established();
    if (acceptor == null) {
      peers.add(new FakePeer(connection));
    } else {
      FakeDial dial = new FakeDial(connection.out, connection.in);
      execute(() -> acceptor.accept(dial, connection.localAddress()));
    }
    events.connected();
  }

  @Override
  public Acceptor listen(SocketAddress local, int backlog, AcceptorEvents events)
      throws NetException {
    checkInLoop();
    SocketAddress bound = local;
    if (local instanceof InetSocketAddress tcp && tcp.getPort() == 0) {
      bound = new InetSocketAddress(tcp.getAddress(), nextPort++);
    }
    if (acceptors.containsKey(bound)) {
      throw NetException.of("listen", ErrorCode.EADDRINUSE, local, null);
    }
    FakeAcceptor acceptor = new FakeAcceptor(bound, events);
    acceptors.put(bound, acceptor);
    return acceptor;
  }

  @Override
  public Acceptor adopt(int descriptor, AcceptorEvents events) throws NetException {
    throw NetException.of("listenFD", ErrorCode.EBADF, null, null);
  }

  @Override
  public Connection adoptConnection(int descriptor, ConnectionEvents events) throws NetException {
    throw NetException.of("adopt", ErrorCode.EBADF, null, null);
  }

  @Override
  public void close() {
    stopped = true;
  }

  boolean isStopped() {
    return stopped;
  }

  /** The pipes of a connection that waits to be accepted, and what it then is. */
  private static final class FakeDial {
    final FakePipe in;
    final FakePipe out;
    FakeConnection connection;

    FakeDial() {
      this(new FakePipe(), new FakePipe());
    }

    FakeDial(FakePipe in, FakePipe out) {
      this.in = in;
      this.out = out;
    }
  }

  private record Timed(long due, int number, Runnable task) implements Comparable<Timed> {
    @Override
    public int compareTo(Timed other) {
      return due == other.due
          ? Integer.compare(number, other.number)
          : Long.signum(due - other.due);
    }
  }

  private final class FakeAcceptor implements Acceptor {
    private final SocketAddress local;
    private final AcceptorEvents events;
    private final List<Runnable> backlog = new ArrayList<>();
    private boolean accepting = true;
    private boolean closed;

    FakeAcceptor(SocketAddress local, AcceptorEvents events) {
      this.local = local;
      this.events = events;
    }

    void accept(FakeDial dial, SocketAddress remote) {
      if (!accepting && !closed) {
        backlog.add(() -> accept(dial, remote));
        return;
      }
      Accepted accepted = closed ? null : events.accepted(local, remote);
      if (accepted == null) {
        dial.out.fin = true;
        dial.in.reset = true;
        dial.connection = new FakeConnection(null, null, dial.in, dial.out, local, remote);
        return;
      }
      FakeTransport home = (FakeTransport) accepted.transport();
      FakeConnection connection =
          new FakeConnection(home, accepted.events(), dial.in, dial.out, local, remote);
      dial.connection = connection;
      connection.established();
      accepted.opened(connection);
    }

    @Override
    public SocketAddress localAddress() {
      return local;
    }

    @Override
    public int descriptor() {
      return -1;
    }

    @Override
    public void setAccepting(boolean on) {
      accepting = on;
      if (on) {
        backlog.forEach(FakeTransport.this::execute);
        backlog.clear();
      }
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        acceptors.remove(local);
        events.closed();
      }
    }
  }
}
