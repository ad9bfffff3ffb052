package evented.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that listens. Closing it ends it. */
final class RunningServer implements AutoCloseable {
  private static final int START_SECONDS = 60;
  private static final int LINES_KEPT = 5;
  private static final String STACK_FRAME = "\tat ";
  private static final Pattern LISTENING = Pattern.compile("listening (?:on )?(\\S+)");

  private final Peer peer;
  private final Work work;
  private final long startedAt = System.nanoTime();
  private final Process process;
  private final CompletableFuture<String> told = new CompletableFuture<>();
  private final Deque<String> lastLines = new ArrayDeque<>();
  private final String address;
  private final double startMillis;

  private RunningServer(Peer peer, Work work, UnaryOperator<List<String>> processors)
      throws IOException, InterruptedException {
    this.peer = peer;
    this.work = work;
    ProcessBuilder builder =
        new ProcessBuilder(processors.apply(peer.command().apply(work))).redirectErrorStream(true);
    builder.environment().putAll(peer.environment());
    this.process = builder.start();
    Thread reader = new Thread(this::readOutput, "output of " + peer.name());
    reader.setDaemon(true);
    reader.start();
    try {
      this.address = awaitListening();
    } catch (IOException | InterruptedException | RuntimeException e) {
      close();
      throw e;
    }
    this.startMillis = (System.nanoTime() - startedAt) / 1e6;
  }

  /**
   * Starts a server on its processor and waits until it listens.
   *
   * @throws IOException if it does not; the message has the last lines that it has printed
   */
  static RunningServer start(Peer peer, Work work) throws IOException, InterruptedException {
    return start(peer, work, Processors::server);
  }

  /** The same on all processors, for when there is no load that would be disturbed. */
  static RunningServer startAnywhere(Peer peer, Work work)
      throws IOException, InterruptedException {
    return start(peer, work, UnaryOperator.identity());
  }

  private static RunningServer start(Peer peer, Work work, UnaryOperator<List<String>> processors)
      throws IOException, InterruptedException {
    if (peer.missing().isPresent()) {
      throw new IOException(peer.missing().get());
    }
    boolean choosesPort = peer.tellsPort() || work.isUnix();
    return new RunningServer(peer, choosesPort ? work : work.at(freePort()), processors);
  }

  /** Returns a port that is free at the moment, for programs that cannot choose one themselves. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void readOutput() {
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher listening = LISTENING.matcher(line);
        if (listening.find()) {
          told.complete(listening.group(1));
        }
        if (!line.startsWith(STACK_FRAME)) {
          keep(line);
        }
      }
    } catch (IOException killed) {
      // It has been closed.
    }
    told.completeExceptionally(new IOException("it ends at once"));
  }

  private synchronized void keep(String line) {
    lastLines.add(line);
    if (lastLines.size() > LINES_KEPT) {
      lastLines.remove();
    }
  }

  private synchronized String lastLines() {
    return String.join(" / ", lastLines);
  }

  /** Returns the address for the load. */
  private String awaitListening() throws IOException, InterruptedException {
    try {
      if (!peer.tellsPort()) {
        awaitAccepting(Integer.parseInt(work.address()));
        return "127.0.0.1:" + work.address();
      }
      String port = told.get(START_SECONDS, TimeUnit.SECONDS);
      return work.isUnix() ? work.address() : "127.0.0.1:" + port;
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("does not start: " + lastLines(), e);
    }
  }

  private void awaitAccepting(int port)
      throws ExecutionException, TimeoutException, InterruptedException {
    while (true) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (IOException notYet) {
        if (told.isCompletedExceptionally()) {
          told.get();
        }
        if (System.nanoTime() - startedAt > TimeUnit.SECONDS.toNanos(START_SECONDS)) {
          throw new TimeoutException();
        }
        Thread.sleep(1);
      }
    }
  }

  /** {@code HOST:PORT}, or a path. */
  String address() {
    return address;
  }

  int port() {
    return Integer.parseInt(address.substring(address.indexOf(':') + 1));
  }

  /** How long it took from starting its process until it listened. */
  double startMillis() {
    return startMillis;
  }

  double processorSeconds() throws IOException {
    return ProcessUsage.processorSeconds(process.pid());
  }

  long residentBytes() throws IOException {
    return ProcessUsage.residentBytes(process.pid());
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor();
      if (work.isUnix()) {
        Files.deleteIfExists(Path.of(work.address()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // The next server will say so.
    }
  }
}
