/**
 * Event-driven TCP and UNIX sockets with the names and the behaviour of Node's {@code net} module.
 *
 * <p>{@link evented.net.Net} is the way in:
 *
 * <pre>{@code
 * Net.createServer(stream -> stream.onData(stream::write)).listen(8124, "localhost");
 * }</pre>
 *
 * <p>Every method may be called from any thread. A stream's and a server's events run on one thread
 * of its {@link evented.net.Loop}, one after another; a call from another thread takes effect
 * there, in order. Misuse throws in the call; what the network or the system refuses arrives later,
 * as an {@code error} event and then {@code close}.
 */
@NullMarked
package evented.net;

import org.jspecify.annotations.NullMarked;
