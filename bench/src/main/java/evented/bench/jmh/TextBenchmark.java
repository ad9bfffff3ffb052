package evented.bench.jmh;

import evented.net.Buffer;
import evented.net.Encoding;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Text to bytes and back: 64 bytes of plain text, except for {@code UTF8_UMLAUTS}. */
@State(Scope.Thread)
public class TextBenchmark {
  private static final int BYTES = 64;

  @Param({"ASCII", "UTF8", "UTF8_UMLAUTS", "LATIN1", "BASE64", "HEX", "UTF16LE"})
  public String encoding;

  private Encoding chosen;
  private String text;
  private Buffer bytes;

  @Setup
  public void prepare() {
    boolean umlauts = encoding.equals("UTF8_UMLAUTS");
    chosen = umlauts ? Encoding.UTF8 : Encoding.valueOf(encoding);
    // What is text in ASCII becomes text in the encoding that has those bytes.
    bytes = Buffer.of(umlauts ? "ä".repeat(BYTES / 2) : "hello ".repeat(BYTES).substring(0, BYTES));
    text = bytes.toString(chosen);
  }

  @Benchmark
  public Buffer encode() {
    return Buffer.of(text, chosen);
  }

  @Benchmark
  public String decode() {
    return bytes.toString(chosen);
  }
}
