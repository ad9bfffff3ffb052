package evented.net.js;

import evented.net.Loop;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;

/** What a script did: run as the launcher runs it, but within this JVM. */
record Run(int code, String output, String error) {
  private static final Engine ENGINE =
      Engine.newBuilder("js").option("engine.WarnInterpreterOnly", "false").build();

  static Run script(Path script, String... arguments) throws Exception {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ByteArrayOutputStream error = new ByteArrayOutputStream();
    Loop loop = Loop.create(1);
    Host.Builder builder =
        Host.builder()
            .loop(loop)
            .engine(ENGINE)
            .allowEverything()
            .environment(Map.of("HOME", "/home/nobody", "KEYS", TestKeys.folder().toString()))
            .output(output, error);
    HostSettings settings = builder.settings();
    settings.endsWhenIdle = true;
    Host[] host = new Host[1];
    settings.onUncaught =
        failure -> {
          error.writeBytes(host[0].describe(failure).getBytes(StandardCharsets.UTF_8));
          host[0].exit(1);
        };
    host[0] = builder.build();
    var unused =
        host[0]
            .run(script, arguments)
            .whenComplete(
                (done, failure) -> {
                  if (failure instanceof PolyglotException thrown && !thrown.isCancelled()) {
                    host[0].uncaught(thrown);
                  }
                });
    try {
      int exitCode = host[0].exited().get(60, TimeUnit.SECONDS);
      return new Run(
          exitCode,
          output.toString(StandardCharsets.UTF_8),
          error.toString(StandardCharsets.UTF_8));
    } finally {
      host[0].stop();
      loop.close();
    }
  }
}
