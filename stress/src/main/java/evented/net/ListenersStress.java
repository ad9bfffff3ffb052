package evented.net;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two threads add listeners while a third one removes what was there: none gets lost. */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "All three changes count.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A change has undone another one.")
@State
public class ListenersStress {
  private final EventEmitter<?> emitter = new Emitter();
  private final Runnable first = () -> {};

  public ListenersStress() {
    emitter.on("data", first);
  }

  private static final class Emitter extends EventEmitter<Emitter> {}

  @Actor
  public void one() {
    emitter.on("data", () -> {});
  }

  @Actor
  public void another() {
    emitter.on("drain", () -> {});
  }

  @Actor
  public void third() {
    emitter.removeListener("data", first);
  }

  @Arbiter
  public void rest(II_Result result) {
    result.r1 = emitter.listenerCount("data");
    result.r2 = emitter.listenerCount("drain");
  }
}
