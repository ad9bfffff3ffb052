package evented.net;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two threads give tasks to a loop that is about to sleep: it does not sleep through them. */
@JCStressTest
@Outcome(id = "0, 2", expect = Expect.ACCEPTABLE, desc = "It was woken, or did not sleep.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It sleeps though there is work, or a task is lost.")
@State
public class WakeUpStress {
  private final StressTransport transport = new StressTransport();
  private final LoopThread thread = new LoopThread(transport, "stress"); // nobody starts it
  private final AtomicInteger added = new AtomicInteger();
  private final AtomicInteger run = new AtomicInteger();

  @Actor
  public void loop() {
    thread.turn(/* mayBlock= */ true);
  }

  @Actor
  public void one() {
    add();
  }

  @Actor
  public void another() {
    add();
  }

  private void add() {
    thread.later(run::incrementAndGet);
    transport.nothingElseComes = added.incrementAndGet() == 2;
  }

  @Arbiter
  public void rest(II_Result result) {
    result.r1 = transport.sleptForEver ? 1 : 0;
    thread.turn(/* mayBlock= */ false);
    result.r2 = run.get();
  }
}
