package evented.net;

import java.io.BufferedReader;
import java.io.InputStreamReader;

/** Listens at each path that it is told, as long as it is told to. */
final class UnixSocketRaceProgram {
  private UnixSocketRaceProgram() {}

  public static void main(String[] arguments) throws Exception {
    System.out.println("ready");
    BufferedReader orders = new BufferedReader(new InputStreamReader(System.in));
    for (String path = orders.readLine(); path != null; path = orders.readLine()) {
      String place = path;
      Server server = Net.createServer(stream -> {});
      server.onListening(() -> System.out.println(place + " listening"));
      server.onError(error -> System.out.println(place + " " + error.code()));
      server.onClose(() -> System.out.println("closed " + place));
      server.listen(path);
      orders.readLine();
      if (server.address() != null) {
        server.close();
      }
    }
  }
}
