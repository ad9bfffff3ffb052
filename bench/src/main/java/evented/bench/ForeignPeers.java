package evented.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The servers that were not written here. Proxies are told the target's port by their work. */
final class ForeignPeers {
  private ForeignPeers() {}

  static Peer socat() {
    return Peer.foreign(
            "socat",
            "",
            work ->
                List.of(
                    Executables.path("socat"),
                    "TCP-LISTEN:" + work.address() + ",bind=127.0.0.1,fork,reuseaddr,backlog=511",
                    "TCP:127.0.0.1:" + work.more().get(0)))
        .needing("socat");
  }

  static Peer haproxy(Workbench workbench) {
    String settings =
        """
        global
          nbthread 1
        defaults
          mode tcp
          timeout connect 5s
          timeout client 60s
          timeout server 60s
        listen proxy
          bind 127.0.0.1:PORT
          server target 127.0.0.1:TARGET
        """;
    return Peer.foreign(
            "haproxy",
            "",
            work ->
                List.of(
                    Executables.path("haproxy"),
                    "-db",
                    "-f",
                    write(workbench.file("haproxy.cfg"), settings, work)))
        .needing("haproxy");
  }

  static Peer nginx(Workbench workbench) {
    String settings =
        """
        daemon off;
        master_process off;
        worker_processes 1;
        pid FOLDER/nginx.pid;
        error_log stderr;
        include /etc/nginx/modules-enabled/*stream*.conf;
        events {
          worker_connections 4096;
        }
        stream {
          server {
            listen 127.0.0.1:PORT;
            proxy_pass 127.0.0.1:TARGET;
          }
        }
        """
            .replace("FOLDER", workbench.file("").toString());
    return Peer.foreign(
            "nginx",
            "",
            work ->
                List.of(
                    Executables.path("nginx"),
                    "-e",
                    "stderr",
                    "-c",
                    write(workbench.file("nginx.conf"), settings, work)))
        .needing("nginx");
  }

  private static String write(Path file, String settings, Work work) {
    try {
      return Files.writeString(
              file, settings.replace("PORT", work.address()).replace("TARGET", work.more().get(0)))
          .toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Peer redis() {
    return Peer.foreign(
            "redis-server",
            "",
            work ->
                List.of(
                    Executables.path("redis-server"),
                    "--port",
                    work.address(),
                    "--bind",
                    "127.0.0.1",
                    "--appendonly",
                    "no",
                    "--save",
                    ""))
        .needing("redis-server");
  }

  /** The example of this repository, started as its users start it. */
  static Peer respServer(String transport) {
    Path example = Path.of("examples/RespServer.java");
    String flags = "-Xmx256m -Devented.transport=" + transport;
    Peer peer =
        new Peer(
            "evented-resp:" + transport,
            flags,
            work -> List.of("./evented", example.toString(), work.address()),
            Map.of("EVENTED_JAVA_OPTS", flags),
            true,
            Optional.empty());
    return Files.exists(example) ? peer : peer.missing("there is no " + example);
  }
}
