package evented.net;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the TLS of one stream differs in from what its credentials and its connection say, for
 * {@link Stream#setSecure(Credentials, SecureOptions)}. Each method gives a copy, but {@link
 * #defaults()}, which gives options with nothing set.
 */
public final class SecureOptions {
  private static final SecureOptions DEFAULTS = new SecureOptions();

  private @Nullable Boolean server;
  private boolean named;
  private @Nullable String serverName;
  private @Nullable String sessionKey;
  private boolean toleratesTruncation;
  private @Nullable Function<String, CompletionStage<@Nullable Credentials>> chooser;
  private @Nullable BiFunction<@Nullable String, List<String>, @Nullable String> alpnSelector;

  private SecureOptions() {}

  private SecureOptions copy() {
    SecureOptions copy = new SecureOptions();
    copy.server = server;
    copy.named = named;
    copy.serverName = serverName;
    copy.sessionKey = sessionKey;
    copy.toleratesTruncation = toleratesTruncation;
    copy.chooser = chooser;
    copy.alpnSelector = alpnSelector;
    return copy;
  }

  /**
   * Those of {@link Stream#setSecure(Credentials)}.
   *
   * @return options with nothing set
   */
  public static SecureOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Says which side of the handshake the stream is. Unless this is called, one that has connected
   * is the client, and one that was accepted is the server.
   *
   * @param on whether it is the server
   * @return a copy
   */
  public SecureOptions server(boolean on) {
    SecureOptions copy = copy();
    copy.server = on;
    return copy;
  }

  /**
   * Sets the name that a client sends (SNI), and that the server's certificate must be for where
   * the credentials have that checked. Unless this is called, that is the host that the stream has
   * connected to.
   *
   * @param name a host name, or an address, which is not sent; null for none
   * @return a copy
   */
  public SecureOptions serverName(@Nullable String name) {
    SecureOptions copy = copy();
    copy.named = true;
    copy.serverName = name;
    return copy;
  }

  /**
   * Sets the key by which a client's session is kept within its credentials: the next stream with
   * the same credentials and key resumes it, if the server agrees. Unless this is called, host and
   * port are the key.
   *
   * @param key a text without a dot
   * @return a copy
   * @throws IllegalArgumentException if there is a dot in it
   */
  public SecureOptions sessionKey(String key) {
    if (Objects.requireNonNull(key, "key").indexOf('.') >= 0) {
      throw new IllegalArgumentException("a session key must be without a dot, was " + key);
    }
    SecureOptions copy = copy();
    copy.sessionKey = key;
    return copy;
  }

  /**
   * Says how a peer is taken that hangs up without a close_notify. As an attacker may have cut off
   * what it said last, that is an {@code error} with {@code ECONNRESET} by default; a protocol that
   * tells by itself whether something is missing can do without.
   *
   * @param on whether it is an {@code end} like any other
   * @return a copy
   */
  public SecureOptions toleratesTruncation(boolean on) {
    SecureOptions copy = copy();
    copy.toleratesTruncation = on;
    return copy;
  }

  /**
   * Has a server find the credentials for its client's server name (SNI) while the handshake waits.
   * For a client that sends no name it takes those that it was given.
   *
   * @param chooser is called on the loop thread with the name, before any name given by {@link
   *     Credentials.Builder#serverName}; what its stage gives is used for the handshake, or, if
   *     that is null, what the stream was given; if it fails, so does the handshake, with that as
   *     its cause
   * @return a copy
   */
  public SecureOptions serverNames(
      Function<String, CompletionStage<@Nullable Credentials>> chooser) {
    SecureOptions copy = copy();
    copy.chooser = Objects.requireNonNull(chooser, "chooser");
    return copy;
  }

  /**
   * Has a server choose the application protocol (ALPN), in place of {@link
   * Credentials.Builder#alpn}. Only the JDK's engine can do that.
   *
   * @param selector is called on the loop thread with the server name, null if there is none, and
   *     what the client offers, best first; gives one of these, or an empty text for none, or null
   *     to fail the handshake (no_application_protocol). It is not called for a client that offers
   *     nothing.
   * @return a copy
   */
  public SecureOptions alpnSelector(
      BiFunction<@Nullable String, List<String>, @Nullable String> selector) {
    SecureOptions copy = copy();
    copy.alpnSelector = Objects.requireNonNull(selector, "selector");
    return copy;
  }

  /** Whether the stream is the server, given whether it was accepted. */
  boolean isServer(boolean accepted) {
    return server == null ? accepted : server;
  }

  /** Whether the side was named, so that a server may do without a certificate of its own. */
  boolean namesSide() {
    return server != null;
  }

  /** The name of the server, given the host that the stream has connected to. */
  @Nullable String serverNameOr(@Nullable String host) {
    return named ? serverName : host;
  }

  @Nullable String sessionKey() {
    return sessionKey;
  }

  boolean toleratesTruncation() {
    return toleratesTruncation;
  }

  /** Whether something depends on the name that a client sends. */
  boolean dependOnName() {
    return chooser != null || alpnSelector != null;
  }

  @Nullable Function<String, CompletionStage<@Nullable Credentials>> chooser() {
    return chooser;
  }

  @Nullable BiFunction<@Nullable String, List<String>, @Nullable String> alpnSelector() {
    return alpnSelector;
  }
}
