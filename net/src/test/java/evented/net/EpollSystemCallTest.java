package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import evented.testing.Program;
import evented.testing.RunningProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which system calls the transport makes, and what becomes of those that fail. */
@Tag("values") // the programs open their own transport
class EpollSystemCallTest {
  private static final int CONNECTIONS = 20;

  /** From here on all classes are loaded, which takes system calls of its own. */
  private static final int WARM = 10;

  @Test
  void aConnectionThatIsServedAtOnceTakesNoCallThatACLoopWouldNotMake(@TempDir Path folder)
      throws Exception {
    Transports.open("epoll").close();
    Path calls = folder.resolve("calls");
    Program strace =
        Program.named("strace")
            .with("-f", "-qq", "-o", calls)
            .with("-e", "trace=network,read,write,close,epoll_ctl,fcntl,ioctl");
    String thread;
    try (RunningProgram server =
        Program.java(EpollAcceptProgram.class.getName()).with(CONNECTIONS).under(strace).start()) {
      MatchResult says = server.await("thread (\\d+) port (\\d+)\\.");
      thread = says.group(1);
      for (int i = 0; i < CONNECTIONS; i++) {
        exchange(Integer.parseInt(says.group(2)));
      }
      server.awaitSuccess();
    }
    List<String> warm =
        callsOfConnections(thread, Files.readAllLines(calls)).subList(WARM, CONNECTIONS);
    assertThat(warm).containsOnly("accept4 epoll_ctl:ADD recvfrom sendto close");
  }

  private static void exchange(int port) throws IOException {
    try (SocketChannel client =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
      client.write(StandardCharsets.US_ASCII.encode("hello"));
      ByteBuffer answer = ByteBuffer.allocate(16);
      while (client.read(answer) >= 0) {
        // Up to the server's FIN, so that there is one connection after another.
      }
      assertThat(answer.position()).isEqualTo("hello".length());
    }
  }

  /** The names of a thread's calls, one text for each accepted connection. */
  private static List<String> callsOfConnections(String thread, List<String> trace) {
    Pattern call =
        Pattern.compile("^" + thread + " +(?:<\\.\\.\\. )?(\\w+)(?:\\(\\d+, EPOLL_CTL(_\\w+))?.*");
    List<StringBuilder> connections = new ArrayList<>();
    for (String line : trace) {
      Matcher matcher = call.matcher(line);
      if (!matcher.matches() || line.contains("resumed>")) {
        continue;
      }
      String name = matcher.group(1);
      if (name.equals("accept4")) {
        connections.add(new StringBuilder());
      } else if (connections.isEmpty()) {
        continue;
      }
      StringBuilder connection = connections.get(connections.size() - 1);
      connection.append(connection.isEmpty() ? "" : " ").append(name);
      if (matcher.group(2) != null) {
        connection.append(matcher.group(2).replace('_', ':'));
      }
    }
    return connections.stream().map(StringBuilder::toString).toList();
  }

  @Test
  void anErrnoThatNoOneForesawIsToldAsItsNumber(@TempDir Path folder) throws Exception {
    Transports.open("epoll").close();
    FaultySockets faults = FaultySockets.compile(folder).rules("receive:EOVERFLOW");
    Program preloading = Program.named("env").with(faults.environment().toArray());
    try (RunningProgram program =
        Program.java(EpollErrnoProgram.class.getName()).under(preloading).start()) {
      program.await("UNKNOWN of read: read UNKNOWN \\(errno 75\\)");
      program.awaitSuccess();
    }
  }
}
