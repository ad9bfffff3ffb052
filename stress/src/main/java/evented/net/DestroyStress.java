package evented.net;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/**
 * Two threads destroy a stream while its loop runs: it counts for each at once, and ends once (C8).
 */
@JCStressTest
@Outcome(id = "true, true, 1", expect = Expect.ACCEPTABLE, desc = "Over for both; closed once.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Not over at once, or not closed once.")
@State
public class DestroyStress {
  private final StressStream stream = new StressStream();

  @Actor
  public void one(ZZI_Result result) {
    stream.engine.destroy(null);
    result.r1 = stream.engine.connection().isOver();
  }

  @Actor
  public void another(ZZI_Result result) {
    stream.engine.destroy(null);
    result.r2 = stream.engine.connection().isOver();
  }

  @Actor
  public void loop() {
    stream.turn();
  }

  @Arbiter
  public void rest(ZZI_Result result) {
    stream.turn();
    result.r3 = stream.closes.get();
  }
}
