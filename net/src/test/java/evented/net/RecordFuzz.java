package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLException;

/** What holds for any bytes where a TLS record is due; {@code -Pfuzz}, and {@link FuzzTest}. */
public final class RecordFuzz {
  private static final int HEADER = 5;
  private static final int LARGEST = HEADER + (1 << 14) + 2048;

  private RecordFuzz() {}

  /** The entry point of a fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    FuzzInput in = new FuzzInput(input);
    boolean refusesHandshakes = in.choice(2) == 1;
    int before = in.choice(4);
    byte[] rest = in.rest();
    ByteBuffer record = ByteBuffer.allocate(before + rest.length).position(before).put(rest).flip();
    record.position(before);
    boolean refused = false;
    try {
      TlsRecord.check(record, refusesHandshakes);
    } catch (SSLException e) {
      refused = true;
    }
    int length = TlsRecord.length(record);
    assertThat(record.position()).as("nothing is taken").isEqualTo(before);
    assertThat(length).isGreaterThanOrEqualTo(HEADER);
    boolean known = rest.length >= HEADER && rest[0] >= 20 && rest[0] <= 24 && rest[1] == 3;
    int told = known ? HEADER + ((rest[3] & 0xff) << 8 | rest[4] & 0xff) : LARGEST;
    assertThat(length).isEqualTo(told);
    boolean renegotiates = known && refusesHandshakes && rest[0] == 22;
    assertThat(refused).isEqualTo(told > LARGEST || renegotiates);
  }
}
