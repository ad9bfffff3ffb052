package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Descriptors: whose events they are, how often they are closed, and how many are served. */
@Tag("values") // opens its own transport
class EpollDescriptorTest {
  private Polled polled;

  @BeforeEach
  void open() {
    polled = new Polled("epoll");
  }

  @AfterEach
  void close() throws Exception {
    if (polled != null) {
      polled.close();
    }
  }

  /** Connects until the kernel hands out {@code number}, which another thread may have taken. */
  private PolledSocket connectAs(int number, SocketAddress address) throws NetException {
    List<PolledSocket> others = new ArrayList<>();
    try {
      for (int tries = 0; tries < 1000; tries++) {
        PolledSocket socket = polled.connect(address);
        if (socket.socket.descriptor() == number) {
          return socket;
        }
        others.add(socket);
      }
    } finally {
      others.forEach(other -> other.socket.close());
    }
    throw new AssertionError("descriptor " + number + " did not come back");
  }

  @Test
  void anEventIsNotToldToASocketThatWasClosedInTheSamePoll() throws Exception {
    Listener listener = polled.listen();
    List<PolledSocket> servers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      SocketChannel peer = polled.peer(listener);
      servers.add(polled.accept(listener));
      Polled.write(peer, "x");
    }
    for (int i = 0; i < 2; i++) {
      PolledSocket other = servers.get(1 - i);
      servers.get(i).onReadable =
          () -> {
            other.events.add("was closed");
            other.socket.close();
          };
      servers.get(i).socket.want(true, false);
    }
    polled.transport.poll(-1);
    assertThat(servers.get(0).events.size() + servers.get(1).events.size()).isEqualTo(1);
  }

  @Test
  void anEventIsNotToldToTheNextSocketOfTheSameNumber() throws Exception {
    Listener listener = polled.listen();
    List<PolledSocket> servers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      SocketChannel peer = polled.peer(listener);
      servers.add(polled.accept(listener));
      Polled.write(peer, "x");
    }
    List<PolledSocket> successors = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      PolledSocket other = servers.get(1 - i);
      servers.get(i).onReadable =
          () -> {
            servers.forEach(server -> server.onReadable = null);
            other.socket.close();
            try {
              successors.add(connectAs(other.socket.descriptor(), listener.localAddress()));
            } catch (NetException e) {
              throw new AssertionError(e);
            }
          };
      servers.get(i).socket.want(true, false);
    }
    polled.transport.poll(-1);
    assertThat(successors).hasSize(1);
    assertThat(successors.get(0).events).isEmpty();
    polled.until(() -> successors.get(0).wasTold("writable"));
  }

  @Test
  void closingTwiceClosesTheDescriptorOnce() throws Exception {
    Listener listener = polled.listen();
    PolledSocket first = polled.connect(listener.localAddress());
    int number = first.socket.descriptor();
    first.socket.close();
    PolledSocket second = connectAs(number, listener.localAddress());
    first.socket.close();
    polled.until(() -> second.wasTold("writable"));
    second.socket.finishConnect();
    assertThat(second.socket.localAddress()).isNotNull();
  }

  @Test
  void afterCloseNothingReachesTheNextSocketOfTheSameNumber() throws Exception {
    Listener listener = polled.listen();
    PolledSocket first = polled.connect(listener.localAddress());
    int number = first.socket.descriptor();
    first.socket.close();
    PolledSocket second = connectAs(number, listener.localAddress());
    polled.until(() -> second.wasTold("writable"));
    second.socket.finishConnect();
    first.socket.shutdownOutput();
    first.socket.want(true, true);
    first.fill();
    first.read();
    assertThat(first.socket.localAddress()).isNull();
    assertThat(polled.sleeps()).isTrue();
    assertThat(first.events).isEmpty();
  }

  @Test
  void everySocketThatIsReadyIsServedByOnePoll() throws Exception {
    Listener listener = polled.listen();
    List<PolledSocket> servers = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      SocketChannel peer = polled.peer(listener);
      servers.add(polled.accept(listener));
      Polled.write(peer, "x");
    }
    for (PolledSocket server : servers) {
      server.socket.want(true, false);
    }
    polled.transport.poll(-1);
    assertThat(servers).allMatch(server -> server.text().equals("x"));
  }

  @Test
  void aDescriptorThatIsAdoptedTwiceIsRefusedByTheKernelAndSaysSo() throws Exception {
    Listener listener = polled.listen();
    polled.peer(listener);
    PolledSocket first = polled.accept(listener);
    first.socket.want(true, false);
    polled.transport.poll(0);
    PolledSocket second = polled.track(polled.transport.adopt(first.socket.descriptor()));
    second.socket.want(true, false);
    polled.transport.poll(-1);
    assertThat(second.events).containsExactly("hungUp EEXIST");
    assertThat(polled.sleeps()).isTrue();
  }

  @Test
  void whatIsNoSocketIsNotAdopted() {
    assertThatThrownBy(() -> polled.transport.adopt(9999))
        .hasMessage("adopt EBADF: descriptor 9999 is not open");
    assertThatThrownBy(() -> polled.transport.adoptListener(9999))
        .hasMessage("listenFD EBADF: descriptor 9999 is not open");
  }

  @Test
  void aListeningSocketIsNoConnectionAndAConnectionDoesNotListen() throws Exception {
    Listener listener = polled.listen();
    polled.peer(listener);
    int connected = polled.accept(listener).socket.descriptor();
    assertThatThrownBy(() -> polled.transport.adopt(listener.descriptor()))
        .hasMessageContaining("ENOTCONN");
    assertThatThrownBy(() -> polled.transport.adoptListener(connected))
        .hasMessageContaining("is bound but does not listen");
  }

  @Test
  void anotherThreadEndsASleep() throws Exception {
    CountDownLatch polls = new CountDownLatch(1);
    Thread waker =
        new Thread(
            () -> {
              try {
                if (polls.await(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                  polled.transport.wakeUp();
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    waker.start();
    polls.countDown();
    polled.transport.poll(-1);
    waker.join();
    assertThat(polled.sleeps()).isTrue();
  }

  @Test
  void aWakeUpBeforeThePollEndsItsSleep() {
    polled.transport.wakeUp();
    polled.transport.wakeUp();
    polled.transport.poll(-1);
    assertThat(polled.sleeps()).isTrue();
  }

  @Test
  void aWakeUpAfterTheTransportWasClosedTouchesNoDescriptor() throws Exception {
    Transport closed = Transports.open("epoll");
    closed.close();
    closed.wakeUp();
    Listener listener = polled.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    closed.close();
    closed.wakeUp();
    assertThat(listener.localAddress()).isNotNull();
  }

  @Test
  void F8_aRefusedConnectSaysWhoRefused() throws Exception {
    Listener listener = polled.listen();
    SocketAddress address = listener.localAddress();
    listener.close();
    PolledSocket client = polled.connect(address);
    polled.until(() -> client.wasTold("writable"));
    assertThatThrownBy(client.socket::finishConnect)
        .hasMessage("connect ECONNREFUSED 127.0.0.1:" + ((InetSocketAddress) address).getPort());
  }
}
