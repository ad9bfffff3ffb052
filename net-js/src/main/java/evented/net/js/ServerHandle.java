package evented.net.js;

import evented.net.DroppedConnection;
import evented.net.NetException;
import evented.net.Server;
import evented.net.Stream;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;

/** A server of the engine and the object in JavaScript that stands for it. */
final class ServerHandle extends Handle {
  final Server server;
  final Value object;
  private final Face face;

  ServerHandle(Script script, Face face, Server server, Value object) {
    super(script);
    this.face = face;
    this.server = server;
    this.object = object;
    server.onListening(this::listening);
    server.onConnection(this::accepted);
    server.onError(this::failed);
    server.onClose(this::closed);
    server.on("drop", this::dropped);
  }

  private void listening() {
    await(false);
    script().dispatch(face, object, Event.LISTENING);
  }

  private void accepted(Stream stream) {
    StreamHandle handle = new StreamHandle(script(), face, stream, this);
    handle.activate();
    PolyglotException failure = script().dispatch(face, object, Event.CONNECTION, handle);
    handle.report(failure);
  }

  private void dropped(DroppedConnection dropped) {
    script()
        .dispatch(
            face,
            object,
            Event.DROP,
            Addresses.list(
                Addresses.parts(dropped.localAddress()), Addresses.parts(dropped.remoteAddress())));
  }

  private void failed(NetException error) {
    script()
        .dispatch(
            face,
            object,
            Event.ERROR,
            error.getMessage(),
            error.code(),
            error.syscall(),
            error.address(),
            error.port());
  }

  private void closed() {
    deactivate();
    script().dispatch(face, object, Event.CLOSE);
  }

  @Override
  void reference(boolean on) {
    super.reference(on);
    if (on) {
      server.ref();
    } else {
      server.unref();
    }
  }

  @Override
  String kind() {
    return "TCPServerWrap";
  }

  @Override
  void release() {
    try {
      server.close();
    } catch (IllegalStateException e) {
      // It is closing already.
    }
  }
}
