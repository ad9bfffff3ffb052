package evented.net.js;

import evented.net.Buffer;
import evented.net.Loop;
import evented.net.Net;
import evented.net.Server;
import evented.net.Stream;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** What net.js asks of the engine. */
final class NetBinding {
  private static final int PIECE = 64 * 1024;

  private final Script script;
  private final Loop loop;
  private final byte[] piece = new byte[PIECE];

  NetBinding(Script script, Loop loop) {
    this.script = script;
    this.loop = loop;
  }

  void addTo(Binding binding) {
    binding.add("newStream", a -> newStream(a[0]));
    binding.add("adoptStream", a -> adoptStream(a[0], a[1].asInt()));
    binding.add("bindStream", a -> bind(handle(a), a[1]));
    binding.add("connectPort", a -> connect(handle(a), a[1].asInt(), a[2].asString()));
    binding.add("connectPath", a -> connect(handle(a), a[1].asString()));
    addReading(binding);
    addWriting(binding);
    addOptions(binding);
    addState(binding);
    addServer(binding);
    binding.add("isIP", a -> Net.isIP(a[0].asString()));
  }

  private static StreamHandle handle(Value[] arguments) {
    return arguments[0].asProxyObject();
  }

  private static Stream stream(Value[] arguments) {
    StreamHandle handle = arguments[0].asProxyObject();
    return handle.stream;
  }

  // Opening.

  private Object newStream(Value object) {
    return bind(new StreamHandle(script, loop.newStream(), null), object);
  }

  private Object adoptStream(Value object, int fd) {
    script.permissions().checkNet("adopt descriptor " + fd);
    script.permissions().network().checkDescriptor("adopt", fd);
    StreamHandle handle = bind(new StreamHandle(script, loop.adopt(fd), null), object);
    handle.opens();
    return handle;
  }

  private static StreamHandle bind(StreamHandle handle, Value object) {
    handle.bind(object);
    return handle;
  }

  private @Nullable Object connect(StreamHandle handle, int port, String host) {
    script.permissions().checkNet("connect to " + host);
    handle.stream.connectOnlyTo(script.permissions().network().checkConnect(port, host));
    handle.stream.connect(port, host);
    handle.opens();
    return null;
  }

  private @Nullable Object connect(StreamHandle handle, String path) {
    script.permissions().checkNet("connect to " + path);
    handle.stream.connect(script.permissions().network().checkPath("connect to", path));
    handle.opens();
    return null;
  }

  // Reading.

  private static void addReading(Binding binding) {
    binding.addVoid("hearData", a -> handle(a).hearData());
    binding.addVoid(
        "setEncoding", a -> stream(a).setEncoding(a[1].isNull() ? null : a[1].asString()));
    binding.addVoid("pause", a -> handle(a).pause(true));
    binding.addVoid("resume", a -> handle(a).pause(false));
    binding.add("isPaused", a -> handle(a).isPaused());
    binding.addVoid("unshift", a -> stream(a).unshift(Buffer.of(Bytes.fromScript(a, 1))));
    binding.addVoid(
        "pipe",
        a -> {
          StreamHandle destination = a[1].asProxyObject();
          stream(a).pipe(destination.stream, a[2].asBoolean());
        });
  }

  // Writing.

  private void addWriting(Binding binding) {
    binding.add(
        "writeText",
        a ->
            a.length == 2
                ? stream(a).write(a[1].asString())
                : stream(a).write(a[1].asString(), a[2].asString()));
    binding.add("writeData", this::writeData);
    binding.addVoid("end", a -> stream(a).end());
    binding.add("flush", a -> stream(a).flush());
    binding.addVoid("destroy", a -> handle(a).destroy());
    binding.addVoid("destroyThrown", a -> handle(a).destroy(a[1], false));
  }

  /**
   * Writes bytes, many of them piece by piece: what waits for the kernel is copied by the engine,
   * and all at once would be in memory a third time meanwhile.
   */
  private boolean writeData(Value[] arguments) {
    int length = arguments[3].asInt();
    if (length <= PIECE) {
      return stream(arguments).write(Bytes.fromScript(arguments, 1));
    }
    Bytes.checkView(arguments, 1);
    Stream stream = stream(arguments);
    int offset = arguments[2].asInt();
    boolean calm = true;
    for (int at = 0; at < length; at += PIECE) {
      // The engine copies it before it returns.
      byte[] bytes = length - at < PIECE ? new byte[length - at] : piece;
      arguments[1].readBuffer(offset + at, bytes, 0, bytes.length);
      calm &= stream.write(bytes); // once false, drain is on its way
    }
    return calm;
  }

  // Options.

  private static void addOptions(Binding binding) {
    binding.addVoid("setIdleTimeout", a -> stream(a).setTimeout((long) a[1].asDouble()));
    binding.addVoid("setNoDelay", a -> stream(a).setNoDelay(a[1].asBoolean()));
    binding.addVoid(
        "setKeepAlive", a -> stream(a).setKeepAlive(a[1].asBoolean(), (long) a[2].asDouble()));
    binding.addVoid("setGather", a -> stream(a).setGather(a[1].asBoolean()));
    binding.addVoid("setMaxBufferSize", a -> stream(a).maxBufferSize((long) a[1].asDouble()));
    binding.addVoid("setHalfOpen", a -> stream(a).allowHalfOpen(a[1].asBoolean()));
    binding.add("isHalfOpen", a -> stream(a).allowHalfOpen());
    binding.addVoid("reference", a -> handle(a).reference(a[1].asBoolean()));
  }

  // State.

  private static void addState(Binding binding) {
    binding.add("readyState", a -> stream(a).readyState().toString());
    binding.add("isReadable", a -> stream(a).readable());
    binding.add("isWritable", a -> stream(a).writable());
    binding.add("remoteAddress", a -> stream(a).remoteAddress());
    binding.add("remotePort", a -> stream(a).remotePort());
    binding.add("localAddress", a -> Addresses.parts(stream(a).localAddress()));
    binding.add("descriptor", a -> stream(a).fd());
    binding.add("bytesRead", a -> stream(a).bytesRead());
    binding.add("bytesWritten", a -> stream(a).bytesWritten());
    binding.add("bufferSize", a -> stream(a).bufferSize());
    binding.add(
        "serverOf",
        a -> {
          ServerHandle server = handle(a).server;
          return server == null ? null : server.object;
        });
  }

  // Servers.

  private void addServer(Binding binding) {
    binding.add("newServer", a -> new ServerHandle(script, loop.createServer(), a[0]));
    binding.addVoid(
        "listenPort",
        a -> {
          script.permissions().checkNet("listen on port " + a[1].asInt());
          script.permissions().network().checkListen(a[1].asInt(), a[2].asString());
          listening(a, a[3].asInt()).listen(a[1].asInt(), a[2].asString());
          listens(a);
        });
    binding.addVoid(
        "listenPath",
        a -> {
          script.permissions().checkNet("listen on " + a[1].asString());
          String path = script.permissions().network().checkPath("listen on", a[1].asString());
          listening(a, a[2].asInt()).listen(path);
          listens(a);
        });
    binding.addVoid(
        "listenFD",
        a -> {
          script.permissions().checkNet("listen on descriptor " + a[1].asInt());
          script.permissions().network().checkDescriptor("listen on", a[1].asInt());
          server(a).listenFD(a[1].asInt());
          listens(a);
        });
    binding.addVoid(
        "closeServer",
        a -> {
          server(a).close();
          serverHandle(a).await(true);
        });
    binding.addVoid("pauseServer", a -> server(a).pause((long) a[1].asDouble()));
    binding.add("serverAddress", a -> Addresses.parts(server(a).address()));
    binding.add("serverDescriptor", a -> server(a).fd());
    binding.addVoid("referenceServer", a -> serverHandle(a).reference(a[1].asBoolean()));
    binding.add("connections", a -> server(a).connections());
    binding.add(
        "maxConnections",
        a -> {
          int limit = server(a).maxConnections();
          return limit == Integer.MAX_VALUE ? -1 : limit;
        });
    binding.addVoid(
        "setMaxConnections",
        a -> {
          long limit = a[1].asLong();
          server(a)
              .maxConnections(
                  limit < 0 ? Integer.MAX_VALUE : (int) Math.min(limit, Integer.MAX_VALUE));
        });
  }

  private static void listens(Value[] arguments) {
    ServerHandle server = serverHandle(arguments);
    server.activate();
    server.await(true);
  }

  private static ServerHandle serverHandle(Value[] arguments) {
    return arguments[0].asProxyObject();
  }

  private static Server server(Value[] arguments) {
    return serverHandle(arguments).server;
  }

  private static Server listening(Value[] arguments, int backlog) {
    Server server = server(arguments);
    return backlog > 0 ? server.backlog(backlog) : server;
  }
}
