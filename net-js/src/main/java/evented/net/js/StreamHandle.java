package evented.net.js;

import evented.net.Buffer;
import evented.net.NetException;
import evented.net.Stream;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** A stream of the engine and the object in JavaScript that stands for it. */
final class StreamHandle extends Handle {
  final Stream stream;
  final @Nullable ServerHandle server;
  private Face face;

  /** The object in JavaScript; set as soon as there is one. */
  private @Nullable Value object;

  /** What a listener threw, or what {@code destroy(error)} was given. */
  private @Nullable Value thrown;

  private boolean reported;
  private boolean paused;
  private boolean closed; // and not opened again

  StreamHandle(Script script, Face face, Stream stream, @Nullable ServerHandle server) {
    super(script);
    this.face = face;
    this.stream = stream;
    this.server = server;
    if (!face.endsWithItsListener) {
      stream.allowHalfOpen(true); // JavaScript ends it itself
    }
    stream.onConnect(this::connected);
    stream.onSecure(() -> dispatch(Event.SECURE));
    stream.onEnd(() -> dispatch(Event.END));
    stream.onDrain(() -> dispatch(Event.DRAIN));
    stream.onTimeout(() -> dispatch(Event.TIMEOUT));
    stream.onError(this::failed);
    stream.onClose(this::closed);
  }

  /** From now on another object of another module stands for the stream. */
  void handOver(Face face, Value object) {
    this.face = face;
    this.object = object;
  }

  void bind(Value object) {
    this.object = object;
  }

  /** It connects. */
  void opens() {
    closed = false;
    activate();
    await(true);
  }

  private void connected() {
    await(false);
    dispatch(Event.CONNECT);
  }

  /** Begins to hand out data; the engine keeps it until then. */
  void hearData() {
    stream.on("data", this::received);
  }

  void pause(boolean on) {
    paused = on;
    if (on) {
      stream.pause();
    } else {
      stream.resume();
    }
  }

  boolean isPaused() {
    return paused;
  }

  private void received(Object data) {
    Value object = this.object;
    if (object != null && !script().isStopped()) {
      report(
          data instanceof String text
              ? script().tellText(face, object, text)
              : script().tellBytes(face, object, script().bytes().toScript((Buffer) data)));
    }
  }

  private void failed(NetException error) {
    Value cause = thrown;
    if (cause == null) {
      dispatch(
          Event.ERROR,
          error.getMessage(),
          error.code(),
          error.syscall(),
          error.address(),
          error.port());
    } else if (object != null) {
      report(script().tellThrown(face, object, cause, reported));
    }
  }

  private void closed(boolean hadError) {
    thrown = null;
    reported = false;
    closed = true;
    // A listener may connect again, which makes it active anew.
    deactivate();
    dispatch(Event.CLOSE, hadError);
  }

  private void dispatch(int event, @Nullable Object... arguments) {
    Value object = this.object;
    if (object != null) {
      report(script().dispatch(face, object, event, arguments));
    }
  }

  /** A listener threw: that was reported, and this stream may end with it. */
  void report(@Nullable PolyglotException failure) {
    if (failure != null && face.endsWithItsListener && !script().isStopped()) {
      destroy(script().thrownValue(failure), true);
    }
  }

  void destroy() {
    stream.destroy();
    awaitClose();
  }

  /** Ends the connection with RST, so that the peer learns of no proper end. */
  void reset() {
    stream.reset();
    awaitClose();
  }

  /** What was never opened tells of its end too, and so keeps the script until then. */
  private void awaitClose() {
    if (!closed) {
      activate();
    }
    if (isActive()) {
      await(true);
    }
  }

  /** Ends the stream with an error of the script's own. */
  void destroy(Value cause, boolean alreadyReported) {
    if (thrown == null) {
      thrown = cause;
      reported = alreadyReported;
    }
    stream.destroy(new NetException("destroyed by the script", null));
    awaitClose();
  }

  @Override
  void reference(boolean on) {
    super.reference(on);
    if (on) {
      stream.ref();
    } else {
      stream.unref();
    }
  }

  @Override
  void flush() {
    stream.flush();
  }

  @Override
  String kind() {
    return "TCPSocketWrap";
  }

  @Override
  void release() {
    stream.destroy();
  }
}
