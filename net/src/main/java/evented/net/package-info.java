/** Event-driven TCP, UNIX sockets and TLS, as Node's {@code net} module has them. */
@NullMarked
package evented.net;

import org.jspecify.annotations.NullMarked;
