package evented.net;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The argument of a server's event {@code drop}: a connection that was closed at once because
 * {@link Server#maxConnections} was reached.
 *
 * @param localAddress the address that the peer connected to
 * @param remoteAddress the peer's address; null where the system does not tell it
 */
public record DroppedConnection(
    @Nullable SocketAddress localAddress, @Nullable SocketAddress remoteAddress) {}
