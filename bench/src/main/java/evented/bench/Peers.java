package evented.bench;

import evented.bench.peers.EventedServer;
import evented.bench.peers.NettyServer;
import evented.bench.peers.NioServer;
import evented.bench.peers.VertxServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All the servers, in the order of the tables. */
final class Peers {
  /** The JDK that takes the Graal compiler; see ./evented. */
  private static final int COMPILER_JDK = 25;

  /** The first JDK that calls the kernel without native code of one's own. */
  private static final int FOREIGN_FUNCTIONS_JDK = 22;

  private static final String HEAP = "-Xmx256m";
  private static final List<String> TRANSPORTS = List.of("epoll", "nio");

  private final Workbench workbench;
  private final List<String> launcher;
  private final String javaFlags;
  private final String nodeFlags;

  /**
   * All servers.
   *
   * @param launcher the command that runs a script with Evented
   */
  Peers(Workbench workbench, List<String> launcher) {
    this(workbench, launcher, "", "");
  }

  private Peers(Workbench workbench, List<String> launcher, String javaFlags, String nodeFlags) {
    this.workbench = workbench;
    this.launcher = launcher;
    this.javaFlags = javaFlags;
    this.nodeFlags = nodeFlags;
  }

  /** The same servers with other flags for the virtual machines that run them. */
  Peers with(String moreJavaFlags, String moreNodeFlags) {
    return new Peers(workbench, launcher, moreJavaFlags, moreNodeFlags);
  }

  /** Those that echo. */
  List<Peer> all() {
    List<Peer> peers = new ArrayList<>();
    peers.add(Peer.own("c", "", List.of(workbench.program("server"))));
    peers.add(netty("epoll"));
    peers.add(netty("io_uring"));
    peers.add(vertx("jdk"));
    peers.add(java("jdk-nio", NioServer.class, ""));
    peers.add(node("server.js"));
    TRANSPORTS.forEach(transport -> peers.add(evented(transport)));
    peers.add(script("evented-js:interpreted", Jdks.current()));
    peers.add(compiledScript());
    return peers;
  }

  private Peer compiledScript() {
    String name = "evented-js:compiled";
    return Jdks.find(COMPILER_JDK)
        .map(home -> script(name, home))
        .orElseGet(() -> script(name, Jdks.current()).missing("there is no JDK " + COMPILER_JDK));
  }

  /** Has the launcher build what it runs, so that no turn waits for that. */
  void buildScripts() throws IOException, InterruptedException {
    Path nothing = Files.writeString(workbench.file("nothing.js"), "");
    for (Peer peer : List.of(script("", Jdks.current()), compiledScript())) {
      String jdk = "JAVA_HOME=" + peer.environment().get("JAVA_HOME");
      List<String> command = new ArrayList<>(List.of("env", jdk));
      command.addAll(launcher);
      command.add(nothing.toString());
      if (Executables.tryRun(command.toArray(String[]::new)).isEmpty()) {
        System.err.println("bench: Evented's scripts do not run on " + jdk);
      }
    }
  }

  /** All, and Evented with {@code pipe} in the place of a listener. */
  List<Peer> allAndPipes() {
    List<Peer> peers = new ArrayList<>(all());
    TRANSPORTS.forEach(
        transport -> peers.add(evented(transport).doing("evented-pipe:" + transport, "pipe")));
    return peers;
  }

  List<Peer> secure() {
    Stream<Peer> peers =
        Stream.of(
            named("netty:openssl", netty("epoll")),
            named("vertx:jdk", vertx("jdk")),
            named("vertx:openssl", vertx("openssl")),
            node("tls.js"),
            java("evented:openssl", EventedServer.class, "-Devented.tls=openssl"),
            java("evented:jdk", EventedServer.class, "-Devented.tls=jdk"));
    return peers.map(peer -> workbench.tlsMissing().map(peer::missing).orElse(peer)).toList();
  }

  List<Peer> proxies() {
    List<Peer> peers = new ArrayList<>();
    peers.add(ForeignPeers.socat());
    peers.add(ForeignPeers.haproxy(workbench));
    peers.add(ForeignPeers.nginx(workbench));
    peers.add(netty("epoll"));
    peers.add(netty("io_uring"));
    peers.add(vertx("jdk"));
    peers.add(node("server.js"));
    TRANSPORTS.forEach(transport -> peers.add(evented(transport)));
    return peers;
  }

  List<Peer> redis() {
    List<Peer> peers = new ArrayList<>(List.of(ForeignPeers.redis()));
    TRANSPORTS.forEach(
        transport -> peers.add(where(transport, ForeignPeers.respServer(transport))));
    return peers;
  }

  private Peer netty(String transport) {
    return java("netty:" + transport, NettyServer.class, "", transport);
  }

  private Peer vertx(String engine) {
    return java("vertx", VertxServer.class, "", engine);
  }

  private Peer evented(String transport) {
    return where(
        transport,
        java("evented:" + transport, EventedServer.class, "-Devented.transport=" + transport));
  }

  /** Marks it as missing where this JDK does not have what a transport needs. */
  private static Peer where(String transport, Peer peer) {
    return transport.equals("epoll") && Runtime.version().feature() < FOREIGN_FUNCTIONS_JDK
        ? peer.missing("the epoll transport needs a JDK " + FOREIGN_FUNCTIONS_JDK + " or newer")
        : peer;
  }

  private static Peer named(String name, Peer peer) {
    return new Peer(
        name, peer.flags(), peer.command(), peer.environment(), peer.tellsPort(), peer.missing());
  }

  private Peer java(String name, Class<?> main, String ownFlags, String... arguments) {
    String flags = join(HEAP, ownFlags);
    List<String> command = new ArrayList<>();
    command.add(Jdks.current().resolve("bin/java").toString());
    command.addAll(List.of(join(flags, javaFlags).split(" ", -1)));
    command.addAll(nativeAccess());
    command.add("-cp");
    command.add(
        main == VertxServer.class ? Workbench.wholeClassPath() : Workbench.eventedClassPath());
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return Peer.own(name, flags, command);
  }

  private static String join(String flags, String moreFlags) {
    return (flags + " " + moreFlags).strip();
  }

  /** What keeps newer JDKs from warning of native code; it changes nothing else. */
  private static List<String> nativeAccess() {
    return Runtime.version().feature() >= 23
        ? List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow")
        : List.of("--enable-native-access=ALL-UNNAMED");
  }

  private Peer node(String file) {
    List<String> command = new ArrayList<>(List.of(Executables.path("node")));
    if (!nodeFlags.isEmpty()) {
      command.add(nodeFlags);
    }
    command.add(workbench.script(file));
    return Peer.own("node", "", command).needing("node");
  }

  private Peer script(String name, Path jdk) {
    List<String> command = new ArrayList<>(launcher);
    command.add(workbench.script("server.js"));
    String flags = HEAP + " (JDK " + Jdks.release(jdk) + ")";
    return Peer.own(name, flags, command)
        .with(Map.of("JAVA_HOME", jdk.toString(), "EVENTED_JAVA_OPTS", join(HEAP, javaFlags)));
  }
}
