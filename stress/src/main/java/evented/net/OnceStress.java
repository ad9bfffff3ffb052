package evented.net;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two threads emit an event at once: a listener that is to be called once is. */
@JCStressTest
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "Called once, and removed.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Called twice or never, or still there.")
@State
public class OnceStress {
  private final Emitter emitter = new Emitter();
  private final AtomicInteger calls = new AtomicInteger();

  public OnceStress() {
    emitter.once("event", calls::incrementAndGet);
  }

  private static final class Emitter extends EventEmitter<Emitter> {}

  @Actor
  public void one() {
    emitter.emit("event");
  }

  @Actor
  public void another() {
    emitter.emit("event");
  }

  @Arbiter
  public void rest(II_Result result) {
    result.r1 = calls.get();
    result.r2 = emitter.listenerCount("event");
  }
}
