package evented.net;

import java.net.UnixDomainSocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds out whether anyone serves a UNIX socket, by connecting to it and hanging up. */
final class UnixSocketProbe implements LegacyTransport.ConnectionEvents {
  private final LegacyTransport transport;
  private @Nullable Consumer<Boolean> answer;
  private LegacyTransport.@Nullable Connection connection;

  UnixSocketProbe(LegacyTransport transport) {
    this.transport = transport;
  }

  /** Tells {@code answer} whether the socket is dead: its file is there, but no one listens. */
  void probe(UnixDomainSocketAddress address, Consumer<Boolean> answer) {
    this.answer = answer;
    connection = transport.connect(address, this);
  }

  @Override
  public void connected() {
    answer(false);
    if (connection != null) {
      connection.close();
    }
  }

  @Override
  public void connectFailed(NetException cause) {
    // A full backlog (EAGAIN) or a missing right (EACCES) is no sign of death.
    answer("ECONNREFUSED".equals(cause.code()) || "ENOENT".equals(cause.code()));
  }

  private void answer(boolean dead) {
    Consumer<Boolean> answer = this.answer;
    this.answer = null;
    if (answer != null) {
      answer.accept(dead);
    }
  }

  @Override
  public void received(byte[] bytes) {}

  @Override
  public LegacyTransport.@Nullable Connection passesThrough() {
    return null;
  }

  @Override
  public void passedThrough(int count, boolean calm) {}

  @Override
  public int readBudget() {
    return 1;
  }

  @Override
  public void ended() {}

  @Override
  public void readFailed(NetException cause) {}

  @Override
  public void writeFailed(NetException cause) {}

  @Override
  public void writable() {}

  @Override
  public void secured() {}

  @Override
  public void outputClosed() {}

  @Override
  public void secureFailed(NetException cause) {}

  @Override
  public void closed() {
    answer(false);
  }
}
