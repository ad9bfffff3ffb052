package evented.net;

import java.net.SocketAddress;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/**
 * What a recording of the JDK's Flight Recorder tells of the library. While none runs, each of
 * these costs the look that finds that out. A JVM without the module {@code jdk.jfr} goes without.
 */
@SuppressWarnings("UnusedVariable") // the recorder reads the fields
final class FlightEvents {
  private static final boolean AVAILABLE = isAvailable();

  private FlightEvents() {}

  /** Whether someone records, or has; until then none of the recorder's classes is loaded. */
  private static boolean records() {
    return AVAILABLE && FlightRecorder.isInitialized();
  }

  /**
   * Loads what is only needed when descriptors have run out: from a folder, loading a class takes
   * one.
   */
  static void prepare() {
    if (records()) {
      var unused = new AcceptPaused();
    }
  }

  private static boolean isAvailable() {
    try {
      Class.forName("jdk.jfr.Event");
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  private static @Nullable String text(@Nullable SocketAddress address) {
    return address == null ? null : address.toString();
  }

  private static @Nullable String code(@Nullable NetException failure) {
    return failure == null ? null : Counters.codeOf(failure);
  }

  static void connect(Endpoint to, long nanos, @Nullable NetException failure) {
    if (records()) {
      Connect event = new Connect();
      if (event.isEnabled()) {
        event.to = to.path() != null ? to.path() : to.host() + ":" + to.port();
        event.took = nanos;
        event.error = code(failure);
        event.commit();
      }
    }
  }

  static void accept(@Nullable SocketAddress remote) {
    if (records()) {
      Accept event = new Accept();
      if (event.isEnabled()) {
        event.remote = text(remote);
        event.commit();
      }
    }
  }

  static void handshake(
      @Nullable SocketAddress remote,
      long nanos,
      @Nullable String protocol,
      @Nullable String cipherSuite,
      @Nullable NetException failure) {
    if (records()) {
      Handshake event = new Handshake();
      if (event.isEnabled()) {
        event.remote = text(remote);
        event.took = nanos;
        event.protocol = protocol;
        event.cipherSuite = cipherSuite;
        event.error = code(failure);
        event.commit();
      }
    }
  }

  static void close(
      @Nullable SocketAddress remote,
      long bytesRead,
      long bytesWritten,
      long nanos,
      @Nullable NetException failure) {
    if (records()) {
      Close event = new Close();
      if (event.isEnabled()) {
        event.remote = text(remote);
        event.bytesRead = bytesRead;
        event.bytesWritten = bytesWritten;
        event.open = nanos;
        event.error = code(failure);
        event.commit();
      }
    }
  }

  static void rejected(Socket socket, int limit) {
    if (records()) {
      Rejected event = new Rejected();
      if (event.isEnabled()) {
        event.remote = text(socket.remoteAddress());
        event.maxConnections = limit;
        event.commit();
      }
    }
  }

  static void stalled(long nanos) {
    if (records()) {
      Stalled event = new Stalled();
      if (event.isEnabled()) {
        event.busy = nanos;
        event.commit();
      }
    }
  }

  static void acceptPaused(@Nullable SocketAddress local, long nanos, NetException cause) {
    if (!records()) {
      return;
    }
    try {
      AcceptPaused event = new AcceptPaused();
      if (event.isEnabled()) {
        event.local = text(local);
        event.pause = nanos;
        event.error = code(cause);
        event.commit();
      }
    } catch (LinkageError e) {
      // The recording began later, and there is no descriptor to load the class with.
    }
  }

  @Name("evented.Connect")
  @Label("Connect")
  @Category("Evented")
  @Description("An attempt to connect, the look-up of the name included, has come to its end")
  @StackTrace(false)
  private static final class Connect extends Event {
    @Label("To")
    @Nullable String to;

    @Label("Took")
    @Timespan(Timespan.NANOSECONDS)
    long took;

    @Label("Error")
    @Description("The code of what went wrong; none if it is connected")
    @Nullable String error;
  }

  @Name("evented.Accept")
  @Label("Accept")
  @Category("Evented")
  @Description("A server has accepted a connection")
  @StackTrace(false)
  private static final class Accept extends Event {
    @Label("Remote Address")
    @Nullable String remote;
  }

  @Name("evented.Handshake")
  @Label("TLS Handshake")
  @Category("Evented")
  @Description("A handshake has come to its end")
  @StackTrace(false)
  private static final class Handshake extends Event {
    @Label("Remote Address")
    @Nullable String remote;

    @Label("Took")
    @Timespan(Timespan.NANOSECONDS)
    long took;

    @Label("Protocol")
    @Nullable String protocol;

    @Label("Cipher Suite")
    @Nullable String cipherSuite;

    @Label("Error")
    @Description("The code of what went wrong; none if it succeeded")
    @Nullable String error;
  }

  @Name("evented.Close")
  @Label("Close")
  @Category("Evented")
  @Description("A connection has come to its end")
  @StackTrace(false)
  private static final class Close extends Event {
    @Label("Remote Address")
    @Nullable String remote;

    @Label("Bytes Read")
    @DataAmount(DataAmount.BYTES)
    long bytesRead;

    @Label("Bytes Written")
    @DataAmount(DataAmount.BYTES)
    long bytesWritten;

    @Label("Open")
    @Description("How long the connection was open")
    @Timespan(Timespan.NANOSECONDS)
    long open;

    @Label("Error")
    @Description("The code of what has ended it; none if that was no error")
    @Nullable String error;
  }

  @Name("evented.RejectedConnection")
  @Label("Rejected Connection")
  @Category("Evented")
  @Description("A server was full, and has closed a connection at once")
  @StackTrace(false)
  private static final class Rejected extends Event {
    @Label("Remote Address")
    @Nullable String remote;

    @Label("Connections Allowed")
    int maxConnections;
  }

  @Name("evented.LoopStalled")
  @Label("Loop Stalled")
  @Category("Evented")
  @Description("Listeners, timers and tasks have kept a loop thread from its sockets for long")
  @StackTrace(false)
  private static final class Stalled extends Event {
    @Label("Busy")
    @Timespan(Timespan.NANOSECONDS)
    long busy;
  }

  @Name("evented.AcceptPaused")
  @Label("Accept Paused")
  @Category("Evented")
  @Description("A server accepts nothing for a while, such as for lack of descriptors")
  @StackTrace(false)
  private static final class AcceptPaused extends Event {
    @Label("Local Address")
    @Nullable String local;

    @Label("Pause")
    @Timespan(Timespan.NANOSECONDS)
    long pause;

    @Label("Error")
    @Nullable String error;
  }
}
