package evented.net;

import java.util.Map;

/**
 * What a server has done since it was made, over all times that it has listened: a snapshot by
 * {@link Server#stats}.
 *
 * @param connections how many connections are open now
 * @param accepted how many were accepted in all, with those that are open
 * @param rejected how many were closed at once for {@link Server#maxConnections(int)
 *     maxConnections}
 * @param bytesRead the bytes that its streams have received, in plain text where they use TLS
 * @param bytesWritten the bytes that were written to its streams, those still in memory included
 * @param errors how many of its streams have failed, by its {@linkplain NetException#code code};
 *     {@code EXCEPTION} where a listener threw. Sorted, unmodifiable
 */
public record ServerStats(
    int connections,
    long accepted,
    long rejected,
    long bytesRead,
    long bytesWritten,
    Map<String, Long> errors) {}
