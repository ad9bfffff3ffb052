package evented.net;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The kernel and the network of some {@link FakeTransport}s: who listens or answers where, and the
 * time, which passes only when the test says so. Nothing answers at an address unless someone
 * listens there or the test has said so: connecting to it is refused.
 */
final class FakeNetwork implements LongSupplier {
  /** Where the next connection is made from, in place of the kernel's choice. */
  private static final int FIRST_PORT = 40_000;

  private static final long NONE = -1;

  /** How long it takes until the outcome of connecting is known, in nanoseconds. */
  long connectNanos;

  private final Map<SocketAddress, Route> routes = new HashMap<>();
  private final Map<SocketAddress, FakeListener> listeners = new HashMap<>();
  private final Queue<FakePeer> peers = new ArrayDeque<>();
  private final List<Long> dueTimes = new ArrayList<>();
  private long nanos = Long.MAX_VALUE - 1_000_000_000; // the clock overflows after a second
  private int nextPort = FIRST_PORT;

  /** What becomes of connecting to an address. */
  private record Route(boolean silent, @Nullable ErrorCode failure) {}

  // The clock.

  /** The time in nanoseconds. */
  @Override
  public long getAsLong() {
    return nanos;
  }

  void advance(long nanos) {
    this.nanos += nanos;
  }

  /** The time until the next outcome of connecting is known; negative if none is under way. */
  long nanosToNextOutcome() {
    dueTimes.removeIf(due -> due - nanos <= 0);
    return dueTimes.stream().mapToLong(due -> due - nanos).min().orElse(NONE);
  }

  /** The time at which connecting that begins now comes to its outcome. */
  long newOutcomeTime() {
    long due = nanos + connectNanos;
    dueTimes.add(due);
    return due;
  }

  // Addresses.

  /** Has a peer of the test answer at {@code address}; {@link #nextPeer} gives it. */
  void answer(SocketAddress address) {
    routes.put(address, new Route(/* silent= */ false, /* failure= */ null));
  }

  /** Has connecting to {@code address} fail. */
  void refuse(SocketAddress address, ErrorCode failure) {
    routes.put(address, new Route(/* silent= */ false, failure));
  }

  /** Has no one answer at {@code address}, until the test says otherwise. */
  void ignore(SocketAddress address) {
    routes.put(address, new Route(/* silent= */ true, /* failure= */ null));
  }

  /** The peer that has answered first, of those not given yet; null if there is none. */
  @Nullable FakePeer nextPeer() {
    return peers.poll();
  }

  /** Connects a peer of the test to the server at {@code address}. */
  FakePeer dial(SocketAddress address) {
    FakeListener listener = listeners.get(address);
    if (listener == null || !listener.hasRoom()) {
      throw new AssertionError("no one listens, or its backlog is full: " + address);
    }
    FakePipe in = new FakePipe();
    FakePipe out = new FakePipe();
    FakeSocket socket = listener.enqueue(in, out, newLocalAddress());
    return new FakePeer(socket, in, out);
  }

  /** The listener at {@code address}, for the test to trouble. */
  FakeListener listener(SocketAddress address) {
    return listeners.get(address);
  }

  // What the transports call.

  /** Whether it is known by now how connecting to {@code remote} goes. */
  boolean isOutcomeKnown(SocketAddress remote) {
    FakeListener listener = listeners.get(remote);
    if (listener != null) {
      return listener.hasRoom();
    }
    Route route = routes.get(remote);
    return route == null || !route.silent();
  }

  /** Connects {@code socket}; returns why that fails, or null if it does not. */
  @Nullable ErrorCode establish(FakeSocket socket, SocketAddress local, SocketAddress remote) {
    FakeListener listener = listeners.get(remote);
    if (listener != null) {
      listener.enqueue(socket.out, socket.in, local);
      return null;
    }
    Route route = routes.get(remote);
    if (route == null) {
      return ErrorCode.ECONNREFUSED;
    }
    if (route.failure() == null) {
      peers.add(new FakePeer(socket, socket.in, socket.out));
    }
    return route.failure();
  }

  SocketAddress newLocalAddress() {
    return new InetSocketAddress("192.0.2.9", nextPort++);
  }

  /** Takes {@code local}, with a port of the network's choice if it names none; null if taken. */
  @Nullable SocketAddress bind(SocketAddress local, FakeListener listener) {
    SocketAddress bound = local;
    if (local instanceof InetSocketAddress tcp && tcp.getPort() == 0) {
      bound = new InetSocketAddress(tcp.getAddress(), nextPort++);
    }
    return listeners.putIfAbsent(bound, listener) == null ? bound : null;
  }

  void unbind(@Nullable SocketAddress bound) {
    listeners.remove(bound);
  }
}
