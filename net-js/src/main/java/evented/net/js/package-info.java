/** JavaScript on a loop: {@link evented.net.js.Host} runs scripts that {@code require('net')}. */
@NullMarked
package evented.net.js;

import org.jspecify.annotations.NullMarked;
