package evented.net;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A thread writes 5 bytes to a stream that does not send yet, and asks what waits; another one
 * writes 3, while the loop runs: whatever else is counted, its own bytes are (W6).
 */
@JCStressTest
@Outcome(id = "[5-9]|1[0-9], 8", expect = Expect.ACCEPTABLE, desc = "Its own, at least.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Bytes that wait are not counted.")
@State
public class WriteStress {
  private static final Buffer THREE = Buffer.of("abc");
  private static final Buffer FIVE = Buffer.of("defgh");

  private final StressStream stream = new StressStream();
  private final WriteHalf writeHalf = stream.engine.connection().writeHalf;

  @Actor
  public void one() {
    writeHalf.writeFromOutside(THREE);
  }

  @Actor
  public void another(II_Result result) {
    writeHalf.writeFromOutside(FIVE);
    result.r1 = (int) writeHalf.bufferSize();
  }

  @Actor
  public void loop() {
    stream.turn();
  }

  @Arbiter
  public void rest(II_Result result) {
    stream.turn();
    result.r2 = (int) writeHalf.bufferSize();
  }
}
