package evented.net;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A count of bytes passes 32 bits while another thread asks for it: it is never torn (W6). */
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "All is counted.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A count is torn.")
@State
public class CountersStress {
  private final StressStream stream = new StressStream();

  @Actor
  public void loop() {
    stream.engine.countRead(Integer.MAX_VALUE);
    stream.engine.countRead(Integer.MAX_VALUE);
    stream.engine.countRead(2);
  }

  @Actor
  public void other(I_Result result) {
    long read = stream.engine.bytesRead();
    boolean known =
        read == 0 || read == Integer.MAX_VALUE || read == 0xFFFF_FFFEL || read == 0x1_0000_0000L;
    result.r1 = known ? 0 : 1;
  }

  @Arbiter
  public void rest(I_Result result) {
    if (stream.engine.bytesRead() != 0x1_0000_0000L) {
      result.r1 = 1;
    }
  }
}
