package evented.net;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Credentials that change while a server runs: the latest good ones that a supplier has given. Any
 * thread. One at a time asks the supplier; the others need not wait for it, and take what was good
 * before.
 */
final class CredentialsSource {
  private final Supplier<Credentials> supplier;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile Credentials good;
  private @Nullable String problem; // reported last; the lock is held

  /**
   * Asks for the first ones.
   *
   * @throws IllegalArgumentException if they cannot be used, or whatever the supplier throws
   */
  CredentialsSource(Supplier<Credentials> supplier) {
    this.supplier = supplier;
    this.good = usable(supplier.get());
  }

  private static Credentials usable(@Nullable Credentials supplied) {
    if (supplied == null) {
      throw new IllegalArgumentException("the supplier of credentials has returned null");
    }
    if (supplied.isSupplied()) {
      throw new IllegalArgumentException(
          "the supplier of credentials has returned such that are supplied themselves");
    }
    return supplied;
  }

  /** Those that were good at the latest. */
  Credentials latest() {
    return good;
  }

  /**
   * Asks for the latest good ones. What is wrong with newer ones is reported, once for each
   * problem.
   */
  Credentials current() {
    if (asking.isHeldByCurrentThread() || !asking.tryLock()) {
      return good;
    }
    try {
      Credentials next = usable(supplier.get());
      if (next != good && good.canServe() && !next.canServe()) {
        throw new IllegalArgumentException("the new credentials have no key and cert");
      }
      good = next;
      problem = null;
    } catch (Throwable thrown) {
      // Handshakes go on whatever becomes of the new ones, for which nobody waits.
      report(String.valueOf(thrown.getMessage()));
    } finally {
      asking.unlock();
    }
    return good;
  }

  private void report(String reason) {
    if (!reason.equals(problem)) {
      problem = reason;
      Reports.warn("New credentials cannot be used, so the old ones stay: " + reason);
    }
  }
}
