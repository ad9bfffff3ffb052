package evented.net;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A listener is added while its event happens, which happens once: it is called once (O1). */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Each was called once.")
@Outcome(expect = Expect.FORBIDDEN, desc = "One was missed, or called twice.")
@State
public class LateListenerStress {
  private final LoopThread thread = new LoopThread(new StressTransport(), "stress");
  private final Emitter emitter = new Emitter();
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger callsOfOnce = new AtomicInteger();

  private final class Emitter extends EventEmitter<Emitter> implements LoopEmitter.Owner {
    private final LoopEmitter loopEmitter = new LoopEmitter(thread, this, this);

    @Override
    void adding(String event, Object listener) {
      loopEmitter.adding(event, listener);
    }

    @Override
    public void listenerThrew(@Nullable Object argument, Throwable thrown) {}

    @Override
    public boolean isCurrent(LoopEmitter.Life life) {
      return true;
    }
  }

  @Actor
  public void loop() {
    emitter.loopEmitter.emitOnce("connect", null, () -> false, /* always= */ false);
  }

  @Actor
  public void one() {
    emitter.on("connect", calls::incrementAndGet);
  }

  @Actor
  public void another() {
    emitter.once("connect", callsOfOnce::incrementAndGet);
  }

  @Arbiter
  public void rest(II_Result result) {
    thread.turn(/* mayBlock= */ false);
    result.r1 = calls.get();
    result.r2 = callsOfOnce.get();
  }
}
