package evented.net;

import java.util.concurrent.atomic.AtomicInteger;

/** The engine of a stream on a loop that whoever calls {@link #turn} drives. */
final class StressStream {
  final LoopThread thread = new LoopThread(new StressTransport(), "stress");
  final AtomicInteger closes = new AtomicInteger();
  final StreamEngine engine;

  StressStream() {
    Emitter emitter = new Emitter();
    engine = new StreamEngine(emitter, thread, null);
    emitter.on("close", closes::incrementAndGet);
  }

  private static final class Emitter extends EventEmitter<Emitter> {}

  void turn() {
    thread.turn(/* mayBlock= */ false);
  }
}
