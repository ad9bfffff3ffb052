package evented.net.js;

import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.Proxy;

/**
 * One of the modules that give streams and servers to scripts, as Java sees it: the functions by
 * which it is told what happens. A proxy without members, which that module hands in with what it
 * asks for.
 */
final class Face implements Proxy {
  final Value dispatch;
  final Value dispatchThrown;
  final Value dispatchText;
  final Value dispatchBytes;

  /** Whether a stream ends with what its listener throws (semantics O5), and not as in Node. */
  final boolean endsWithItsListener;

  Face(Value[] functions, boolean endsWithItsListener) {
    dispatch = functions[0];
    dispatchThrown = functions[1];
    dispatchText = functions[2];
    dispatchBytes = functions[3];
    this.endsWithItsListener = endsWithItsListener;
  }

  @Override
  public String toString() {
    return "[module]";
  }
}
