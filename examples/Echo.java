import evented.net.Net;

/** Placeholder for the echo server. */
public class Echo {
  private Echo() {}

  public static void main(String[] args) {
    System.out.println("localhost is IP version " + Net.isIP("127.0.0.1"));
  }
}
