package evented.net;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server and its clients, each on a loop of its own, that make very many short connections, in
 * rounds: {@code KIND ROUNDS CONNECTIONS-OF-A-ROUND}. Behind each round, when all streams are gone,
 * it tells what the process holds; in the end, how busy its loops still are.
 */
final class SoakProgram {
  /** Connections at a time; few enough for any backlog. */
  private static final int AT_ONCE = 64;

  /** Each has ephemeral ports of its own. */
  private static final int LOOPBACK_ADDRESSES = 16;

  private final Loop servers = Loop.create(1);
  private final Loop clients = Loop.create(1);
  private final AtomicInteger serverStreams = new AtomicInteger();
  private final Kind kind;
  private final int port;

  /** What becomes of a connection. */
  enum Kind {
    /** Asks once, and is answered. */
    ANSWERED,

    /** Fails in the TLS handshake, for the certificate or for what was sent in its place. */
    FAILED_HANDSHAKE,

    /** Finds no one who listens. */
    REFUSED
  }

  private SoakProgram(Kind kind, int port) {
    this.kind = kind;
    this.port = port;
  }

  public static void main(String[] arguments) throws Exception {
    int rounds = Integer.parseInt(arguments[1]);
    int connections = Integer.parseInt(arguments[2]);
    SoakProgram program = new SoakProgram(Kind.valueOf(arguments[0]), FreePort.find());
    program.listen();
    for (int round = 0; round < rounds; round++) {
      program.run(connections);
      program.tellWhatIsHeld(round);
    }
    System.out.println(
        "cpu "
            + Math.max(
                Math.round(100 * LoopCpu.share(program.servers)),
                Math.round(100 * LoopCpu.share(program.clients))));
    System.exit(0);
  }

  private void listen() throws InterruptedException {
    if (kind == Kind.REFUSED) {
      return;
    }
    Credentials credentials =
        kind == Kind.FAILED_HANDSHAKE
            ? Credentials.builder()
                .key(TestCertificates.EC_SERVER.keyPem())
                .cert(TestCertificates.EC_SERVER.chainPem())
                .build()
            : null;
    CountDownLatch listening = new CountDownLatch(1);
    servers
        .createServer(stream -> serve(stream, credentials))
        .listen(port, "0.0.0.0", listening::countDown);
    listening.await();
  }

  private void serve(Stream stream, Credentials credentials) {
    serverStreams.incrementAndGet();
    stream.onError(error -> {});
    stream.onClose(hadError -> serverStreams.decrementAndGet());
    if (credentials != null) {
      stream.setSecure(credentials);
    }
    stream.onData(request -> stream.end(request.toString(Encoding.LATIN1)));
  }

  private void run(int connections) throws InterruptedException {
    Round round = new Round(connections);
    for (int i = 0; i < Math.min(AT_ONCE, connections); i++) {
      clients.execute(round::next);
    }
    round.over.await();
    Await.until("the server's streams are gone", () -> serverStreams.get() == 0);
  }

  /** Only on the loop of the clients. */
  private final class Round {
    private final CountDownLatch over = new CountDownLatch(1);
    private final int connections;
    private int begun;
    private int ended;

    Round(int connections) {
      this.connections = connections;
    }

    void next() {
      int number = begun++;
      Stream stream = clients.newStream();
      StringBuilder answer = new StringBuilder();
      stream.onText(answer::append);
      stream.onError(error -> {});
      stream.onConnect(() -> converse(stream, number));
      stream.onClose(
          hadError -> {
            check(hadError, answer.toString());
            ended++;
            if (begun < connections) {
              next();
            } else if (ended == connections) {
              over.countDown();
            }
          });
      stream.connect(port, "127.0.0." + (1 + number % LOOPBACK_ADDRESSES));
    }
  }

  private void converse(Stream stream, int number) {
    if (kind == Kind.FAILED_HANDSHAKE && number % 2 == 0) {
      stream.setSecure(Strict.CREDENTIALS);
    } else {
      stream.write("ping");
      // A server of TLS waits for the rest of what it takes for a record.
      if (kind == Kind.FAILED_HANDSHAKE) {
        stream.end("GET / HTTP/1.1\r\n\r\n");
      }
    }
  }

  /** Made only where it is needed, since making keys takes long. */
  private static final class Strict {
    /** A client's that trusts none of the authorities that there are. */
    static final Credentials CREDENTIALS =
        Credentials.builder()
            .ca(TestCertificates.OTHER_CA.certPem())
            .rejectUnauthorized(true)
            .build();
  }

  private void check(boolean hadError, String answer) {
    boolean asItShould =
        switch (kind) {
          case ANSWERED -> !hadError && answer.equals("ping");
          case FAILED_HANDSHAKE -> !answer.equals("ping");
          case REFUSED -> hadError;
        };
    if (!asItShould) {
      System.out.println("unexpected: error " + hadError + ", answer " + answer);
      System.exit(1);
    }
  }

  private static void tellWhatIsHeld(int round) {
    // Twice, since what cleaners free is only gone with the second.
    System.gc();
    System.gc();
    var unix = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    long direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    System.out.println(
        "round " + round + " " + unix.getOpenFileDescriptorCount() + " " + heap + " " + direct);
  }
}
