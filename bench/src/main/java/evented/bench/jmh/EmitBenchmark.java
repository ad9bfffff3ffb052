package evented.bench.jmh;

import evented.net.EventEmitter;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** {@code emit} of an event with an argument, with as many listeners. */
@State(Scope.Thread)
public class EmitBenchmark {
  @Param({"1", "3"})
  public int listeners;

  private final Emitter emitter = new Emitter();

  private static final class Emitter extends EventEmitter<Emitter> {}

  @Setup
  public void addListeners(Blackhole blackhole) {
    for (int i = 0; i < listeners; i++) {
      Consumer<Object> listener = blackhole::consume;
      emitter.on("data", listener);
    }
  }

  @Benchmark
  public boolean emit() {
    return emitter.emit("data", this);
  }
}
