package evented.net;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Two threads end a stream: one of them is the first (C5). */
@JCStressTest
@Outcome(
    id = {"true, false", "false, true"},
    expect = Expect.ACCEPTABLE,
    desc = "One is first.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Both are, or neither.")
@State
public class EndStress {
  private final Connection connection = new StressStream().engine.connection();

  @Actor
  public void one(ZZ_Result result) {
    result.r1 = connection.markEnded();
  }

  @Actor
  public void another(ZZ_Result result) {
    result.r2 = connection.markEnded();
  }
}
