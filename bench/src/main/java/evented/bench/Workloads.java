package evented.bench;

import java.util.ArrayList;
import java.util.List;

/** All workloads, in the order of the results. */
final class Workloads {
  private static final int MESSAGE = 64;
  private static final int CHUNK = 64 * 1024;
  private static final String NETTY = "netty:epoll";
  private static final String NETTY_TLS = "netty:openssl";

  private final List<Workload> all = new ArrayList<>();
  private final Workbench workbench;

  Workloads(Workbench workbench, Peers peers) {
    this.workbench = workbench;
    addMessages(peers);
    addTransports(peers);
    add(new IdleWorkload(workbench, peers));
    add(new StartUpWorkload(peers.all()));
    for (int pipeline : new int[] {1, 16}) {
      add(new RedisWorkload("SET", pipeline, peers.redis()));
      add(new RedisWorkload("GET", pipeline, peers.redis()));
    }
  }

  private void addMessages(Peers peers) {
    for (int connections : new int[] {100, 1, 1000}) {
      add(
          new LoadWorkload(
              connections == 100 ? "echo" : "echo-" + connections,
              "64 bytes are echoed over %,d connection%s, one message under way on each."
                  .formatted(connections, connections == 1 ? "" : "s"),
              "messages",
              "message",
              "c",
              peers.all(),
              Work.tcp("echo"),
              load("load", "echo", connections, MESSAGE, 1)));
    }
    add(
        new LoadWorkload(
            "reply",
            "Every 64-byte message is answered by one of its own; 100 connections, 16 messages under"
                + " way on each.",
            "messages",
            "message",
            "c",
            peers.all(),
            Work.tcp("reply"),
            load("load", "reply", 100, MESSAGE, 16)));
    add(
        new LoadWorkload(
            "bulk",
            "Chunks of 64 KiB are echoed over 16 connections, two under way on each.",
            "chunks",
            "chunk",
            NETTY,
            peers.allAndPipes(),
            Work.tcp("echo"),
            load("load", "echo", 16, CHUNK, 2)));
    add(
        new LoadWorkload(
            "broadcast",
            "One of 1,000 connections sends 64 bytes, which the server sends to all of them; then the"
                + " next. A message that reaches one of them counts as one.",
            "messages",
            "message",
            "c",
            peers.all(),
            Work.tcp("broadcast"),
            load("load", "broadcast", 1000, MESSAGE, 1)));
  }

  private void addTransports(Peers peers) {
    add(
        new LoadWorkload(
            "connect",
            "16 clients connect, have 64 bytes echoed and close, again and again.",
            "connections",
            "connection",
            "c",
            peers.all(),
            Work.tcp("echo"),
            load("load", "connect", 16, MESSAGE, 1)));
    add(
        new LoadWorkload(
            "unix",
            "64 bytes are echoed over 100 UNIX sockets, one message under way on each.",
            "messages",
            "message",
            "c",
            peers.all(),
            Work.unix("echo", workbench.socket()),
            load("load", "echo", 100, MESSAGE, 1)));
    add(new ProxyWorkload(peers.proxies()));
    Work secureEcho = Work.tcp("tls", workbench.key(), workbench.certificate());
    add(
        new LoadWorkload(
            "tls-bulk",
            "Chunks of 64 KiB are echoed over 16 TLS connections, two under way on each.",
            "chunks",
            "chunk",
            NETTY_TLS,
            peers.secure(),
            secureEcho,
            load("load-tls", "echo", 16, CHUNK, 2)));
    add(
        new LoadWorkload(
            "tls-handshakes",
            "16 clients connect, shake hands in full, have 64 bytes echoed and close, again and"
                + " again.",
            "handshakes",
            "handshake",
            NETTY_TLS,
            peers.secure(),
            secureEcho,
            load("load-tls", "connect", 16, MESSAGE, 1)));
  }

  private Load load(String program, String kind, int connections, int size, int inFlight) {
    return new Load(workbench.program(program), kind, connections, size, inFlight);
  }

  private void add(Workload workload) {
    all.add(workload);
  }

  /** All, in the order of the results. */
  List<Workload> all() {
    return List.copyOf(all);
  }
}
