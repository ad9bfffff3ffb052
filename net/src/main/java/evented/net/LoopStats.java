package evented.net;

import java.util.Map;

/**
 * What a loop has done since it was made: a snapshot by {@link Loop#stats}.
 *
 * @param streams how many streams are open now, on both sides: accepted and connected
 * @param opened how many were opened in all, with those that are open
 * @param bytesRead the bytes that they have received, in plain text where they use TLS
 * @param bytesWritten the bytes that were written to them, those still in memory included
 * @param errors how many streams have failed, by its {@linkplain NetException#code code}; {@code
 *     EXCEPTION} where a listener threw. Sorted, unmodifiable
 * @param timers how many timers run, the library's own included
 * @param lagNanos the longest that a thread of the loop was busy between two looks at its sockets
 *     in the last ten to twenty seconds, in nanoseconds: so long did others wait at the worst
 * @param maxLagNanos the same, since the loop was made
 */
public record LoopStats(
    int streams,
    long opened,
    long bytesRead,
    long bytesWritten,
    Map<String, Long> errors,
    int timers,
    long lagNanos,
    long maxLagNanos) {}
