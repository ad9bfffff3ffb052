/** What servers and loops count, as meters of Micrometer. */
@NullMarked
package evented.net.micrometer;

import org.jspecify.annotations.NullMarked;
