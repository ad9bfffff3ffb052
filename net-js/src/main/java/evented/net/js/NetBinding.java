package evented.net.js;

import evented.net.Buffer;
import evented.net.Loop;
import evented.net.Net;
import evented.net.Server;
import evented.net.Stream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
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
    binding.add("netFace", a -> new Face(a, a[4].asBoolean()));
    binding.add("newStream", a -> newStream(face(a), a[1]));
    binding.add("adoptStream", a -> adoptStream(face(a), a[1], a[2].asInt()));
    binding.add("bindStream", a -> bind(handle(a), a[1]));
    binding.add("connectPort", a -> connect(handle(a), a[1].asInt(), a[2].asString()));
    binding.add("connectPath", a -> connect(handle(a), a[1].asString()));
    addReading(binding);
    addWriting(binding);
    addOptions(binding);
    addState(binding);
    addServer(binding);
    addToday(binding);
    binding.add("isIP", a -> Net.isIP(a[0].asString()));
  }

  private static Face face(Value[] arguments) {
    return arguments[0].asProxyObject();
  }

  private static StreamHandle handle(Value[] arguments) {
    return arguments[0].asProxyObject();
  }

  private static Stream stream(Value[] arguments) {
    StreamHandle handle = arguments[0].asProxyObject();
    return handle.stream;
  }

  // Opening.

  private Object newStream(Face face, Value object) {
    return bind(new StreamHandle(script, face, loop.newStream(), null), object);
  }

  private Object adoptStream(Face face, Value object, int fd) {
    script.permissions().checkNet("adopt descriptor " + fd);
    script.permissions().network().checkDescriptor("adopt", fd);
    StreamHandle handle = bind(new StreamHandle(script, face, loop.adopt(fd), null), object);
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

  // What only today's net asks for.

  private void addToday(Binding binding) {
    binding.addVoid("resolveHost", a -> resolveHost(a[0].asString(), a[1].asInt(), a[2]));
    binding.addVoid("connectAddress", a -> connectAddress(a, a[2].asString(), a[2].asString()));
    binding.addVoid(
        "connectResolved",
        a -> {
          ResolvedHost host = a[2].asProxyObject();
          connectAddress(a, host.name(), host.address(a[5].asInt()));
        });
    binding.addVoid("idleStream", a -> handle(a).idle(a[1].asBoolean()));
    binding.addVoid(
        "readStart",
        a -> {
          handle(a).pause(false);
          handle(a).idle(false);
        });
    binding.addVoid(
        "readStop",
        a -> {
          handle(a).pause(true);
          handle(a).idle(a[1].asBoolean());
        });
    binding.add("isPathTaken", a -> isPathTaken(a[0].asString()));
    binding.addVoid("shareSocketFile", a -> shareSocketFile(serverHandle(a), a[1].asString()));
    binding.addVoid("resetStream", a -> handle(a).reset());
  }

  /** Whether there is a file of any kind, if the script may know. */
  private boolean isPathTaken(String path) {
    script.permissions().checkNet("listen on " + path);
    String checked = script.permissions().network().checkPath("listen on", path);
    return checked.indexOf('\0') < 0 && Files.exists(Path.of(checked), LinkOption.NOFOLLOW_LINKS);
  }

  /** Lets everyone read a server's socket file, write to it, or both ("rw"). */
  private static void shareSocketFile(ServerHandle handle, String how) throws IOException {
    if (handle.server.address() instanceof UnixDomainSocketAddress address) {
      Set<PosixFilePermission> all = Files.getPosixFilePermissions(address.getPath());
      for (PosixFilePermission permission : PosixFilePermission.values()) {
        if ((how.contains("r") && permission.name().endsWith("_READ"))
            || (how.contains("w") && permission.name().endsWith("_WRITE"))) {
          all.add(permission);
        }
      }
      Files.setPosixFilePermissions(address.getPath(), all);
    }
  }

  /** Looks for all addresses of a host, off the loop: callback(error, [host, text, text…]). */
  private void resolveHost(String host, int port, Value callback) {
    script.permissions().checkNet("connect to " + host);
    var unused = script.permissions().network().checkConnect(port, host);
    Work.start(script, callback, () -> ResolvedHost.find(host).toScript());
  }

  /**
   * Connects to an address: (handle, port, …, local address or null, local port).
   *
   * @param named what the script is allowed or forbidden to reach: the host by its name, or the
   *     address if it was the script that has found that
   */
  private void connectAddress(Value[] a, String named, String address) {
    StreamHandle handle = handle(a);
    int port = a[1].asInt();
    script.permissions().checkNet("connect to " + named);
    handle.stream.connectOnlyTo(script.permissions().network().checkConnect(port, named));
    if (!a[3].isNull() || a[4].asInt() != 0) {
      String local = a[3].isNull() ? Net.isIP(address) == 6 ? "::" : "0.0.0.0" : a[3].asString();
      handle.stream.connectFrom(a[4].asInt(), local);
    }
    handle.stream.connect(port, address);
    handle.opens();
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
    binding.add("newServer", a -> new ServerHandle(script, face(a), loop.createServer(), a[1]));
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
