package evented.net.js;

import java.io.OutputStream;
import org.graalvm.polyglot.Engine;

/** The debugger of {@code --inspect}: GraalVM's tool, which speaks the protocol of Chrome's. */
final class Inspector {
  private Inspector() {}

  /**
   * Makes an engine whose scripts a debugger can attach to.
   *
   * @param address its host and port
   * @param waits whether the program waits for the debugger, and stops at its first line
   * @param error where the URL is told
   * @throws IllegalStateException if the tool is not on the class path
   */
  static Engine engine(String address, boolean waits, OutputStream error) {
    try (Engine plain = Engine.newBuilder().option("engine.WarnInterpreterOnly", "false").build()) {
      if (!plain.getInstruments().containsKey("inspect")) {
        throw new IllegalStateException(
            "--inspect needs org.graalvm.tools:chromeinspector-tool on the class path");
      }
    }
    return Engine.newBuilder("js")
        .allowExperimentalOptions(true)
        .option("engine.WarnInterpreterOnly", "false")
        // It takes no host before 0, for which the system chooses a port; its own is loopback too.
        .option("inspect", address.equals("127.0.0.1:0") ? "0" : address)
        .option("inspect.Suspend", String.valueOf(waits))
        .option("inspect.WaitAttached", String.valueOf(waits))
        .out(error)
        .err(error)
        .build();
  }
}
