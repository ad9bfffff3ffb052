package evented.net;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/** A task is given to a loop that ends: it runs, or whoever gave it is told that it will not. */
@JCStressTest
@Outcome(id = "true, false, false", expect = Expect.ACCEPTABLE, desc = "Ended; the task refused.")
@Outcome(id = "false, true, true", expect = Expect.ACCEPTABLE, desc = "The task came first.")
@Outcome(
    id = "false, false, false",
    expect = Expect.ACCEPTABLE_INTERESTING,
    desc = "The task came first, and was refused all the same.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Taken and not run, or run and refused.")
@State
public class LoopEndStress {
  private final LoopThread thread = new LoopThread(new StressTransport(), "stress");
  private volatile boolean ran;

  public LoopEndStress() {
    thread.close();
  }

  @Actor
  public void loop(ZZZ_Result result) {
    result.r1 = thread.tryEnd();
  }

  @Actor
  public void other(ZZZ_Result result) {
    result.r2 = thread.later(() -> ran = true);
  }

  @Arbiter
  public void rest(ZZZ_Result result) {
    if (!result.r1) {
      thread.turn(/* mayBlock= */ false);
    }
    result.r3 = ran;
  }
}
