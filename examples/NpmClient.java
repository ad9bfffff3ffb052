import evented.net.Server;
import evented.net.js.Host;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Runs ioredis, a client from npm, against a server in Java, both on one loop. Its argument is the
 * folder in which {@code npm install ioredis} was run.
 */
public class NpmClient {
  private static final String SCRIPT =
      """
      import { createRequire } from 'module';
      import { folder, port } from 'app';

      const Redis = createRequire(folder + '/')('ioredis');
      const redis = new Redis({ host: '127.0.0.1', port, enableReadyCheck: false });
      await redis.set('greeting', 'hello from npm');
      export const greeting = await redis.get('greeting');
      redis.disconnect();
      """;

  public static void main(String[] args) throws Exception {
    String folder = Path.of(args[0]).toAbsolutePath().toString();
    Server server = RespServer.server();
    CompletableFuture<Integer> port = new CompletableFuture<>();
    server.listen(0, "127.0.0.1", () -> port.complete(server.port()));
    Map<String, Object> app = Map.of("folder", folder, "port", port.get());
    try (Host host = Host.builder().allowEverything().module("app", app).build()) {
      String greeting =
          host.evalModule("main.mjs", SCRIPT)
              .thenApply(exports -> exports.getMember("greeting").asString())
              .get();
      System.out.println(greeting);
    }
    server.close();
  }
}
