package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

@org.junit.jupiter.api.Tag("values")
class EventEmitterTest {
  private static final class Emitter extends EventEmitter<Emitter> {}

  private final Emitter emitter = new Emitter();
  private final List<String> log = new ArrayList<>();

  @Test
  void listenersRunInTheOrderInWhichTheyWereAdded() {
    emitter.on("x", () -> log.add("a")).addListener("x", () -> log.add("b"));
    emitter.on("y", () -> log.add("c"));
    assertThat(emitter.emit("x")).isTrue();
    assertThat(log).containsExactly("a", "b");
  }

  @Test
  void emitTellsWhetherThereWasAListener() {
    assertThat(emitter.emit("x")).isFalse();
    emitter.on("x", () -> {});
    assertThat(emitter.emit("x")).isTrue();
    assertThat(emitter.emit("y")).isFalse();
  }

  @Test
  void aConsumerGetsTheArgumentAndNullWhereThereIsNone() {
    Consumer<String> listener = argument -> log.add(String.valueOf(argument));
    emitter.on("x", listener).addListener("x", listener);
    emitter.emit("x", "argument");
    emitter.emit("x");
    assertThat(log).containsExactly("argument", "argument", "null", "null");
  }

  @Test
  void anEventNameIsComparedByItsText() {
    emitter.on(new String("event"), () -> log.add("called"));
    emitter.emit(new StringBuilder("event").toString());
    assertThat(log).containsExactly("called");
  }

  @Test
  void onceListenersAreCalledOnceAndAreGoneWhenTheyRun() {
    emitter.once("x", () -> log.add("left " + emitter.listenerCount("x")));
    emitter.once("x", (String argument) -> log.add(argument));
    emitter.emit("x", "a");
    emitter.emit("x", "b");
    assertThat(log).containsExactly("left 1", "a");
  }

  @Test
  void aOnceListenerThatEmitsItsEventIsNotCalledAgain() {
    emitter.once(
        "x",
        () -> {
          log.add("called");
          emitter.emit("x");
        });
    emitter.emit("x");
    assertThat(log).containsExactly("called");
  }

  @Test
  void aListenerMayBeAddedSeveralTimesAndIsRemovedOnceAtATimeTheLatestFirst() {
    Runnable twice = () -> log.add("twice");
    emitter.on("x", twice).on("x", () -> log.add("other")).on("x", twice);
    emitter.removeListener("x", twice);
    emitter.emit("x");
    assertThat(log).containsExactly("twice", "other");
  }

  @Test
  void aOnceListenerIsRemovedByTheObjectThatWasGiven() {
    Runnable listener = () -> log.add("called");
    emitter.once("x", listener).removeListener("x", listener);
    assertThat(emitter.emit("x")).isFalse();
  }

  @Test
  void removingWhatIsNotThereDoesNothing() {
    Runnable listener = () -> {};
    emitter.on("x", listener).removeListener("x", "stranger").removeListener("y", listener);
    assertThat(emitter.listenerCount("x")).isEqualTo(1);
  }

  @Test
  void removeAllListenersTakesOneEventOrAll() {
    emitter.on("x", () -> {}).on("x", () -> {}).on("y", () -> {}).on("z", () -> {});
    emitter.removeAllListeners("x");
    assertThat(emitter.listenerCount("x")).isZero();
    assertThat(emitter.listenerCount("y")).isEqualTo(1);
    emitter.removeAllListeners();
    assertThat(emitter.listenerCount("y") + emitter.listenerCount("z")).isZero();
  }

  @Test
  void listenersGivesACopyOfWhatWasGiven() {
    Runnable first = () -> {};
    Consumer<String> second = argument -> {};
    emitter.on("x", first).once("x", second);
    List<Object> listeners = emitter.listeners("x");
    assertThat(listeners).containsExactly(first, second);
    listeners.clear();
    assertThat(emitter.listenerCount("x")).isEqualTo(2);
    assertThat(emitter.listeners("y")).isEmpty();
  }

  @Test
  void aListenerThatIsAddedDuringAnEmitRunsWithTheNextOne() {
    emitter.once("x", () -> emitter.on("x", () -> log.add("added")));
    emitter.emit("x");
    assertThat(log).isEmpty();
    emitter.emit("x");
    assertThat(log).containsExactly("added");
  }

  @Test
  void aListenerThatIsRemovedDuringAnEmitStillRunsWithIt() {
    Runnable removed = () -> log.add("removed");
    emitter.on("x", () -> emitter.removeListener("x", removed)).on("x", removed);
    emitter.emit("x");
    emitter.emit("x");
    assertThat(log).containsExactly("removed");
  }

  @Test
  void newListenerIsEmittedBeforeTheListenerIsAdded() {
    emitter.on(
        "newListener",
        (NewListener added) -> log.add(added.event() + " " + emitter.listenerCount(added.event())));
    Runnable listener = () -> {};
    emitter.on("x", listener).once("x", listener);
    assertThat(log).containsExactly("x 0", "x 1");
  }

  @Test
  void newListenerGivesTheListenerAsItWasGiven() {
    List<Object> given = new ArrayList<>();
    emitter.on("newListener", (NewListener added) -> given.add(added.listener()));
    Runnable listener = () -> {};
    emitter.once("x", listener);
    assertThat(given).containsExactly(listener);
  }

  @Test
  void aStreamsDataListenersAreKnownByWhatWasGiven() {
    Stream stream = new Stream();
    Consumer<Buffer> bytes = chunk -> {};
    Consumer<String> text = chunk -> {};
    stream.onData(bytes).onText(text);
    assertThat(stream.listeners("data")).containsExactly(bytes, text);
    stream.removeListener("data", bytes).removeListener("data", text);
    assertThat(stream.listenerCount("data")).isZero();
  }

  @Test
  void whatAListenerThrowsGoesToTheCallerOfEmit() {
    emitter.on(
        "x",
        () -> {
          throw new IllegalStateException("thrown");
        });
    emitter.on("x", () -> log.add("not called"));
    assertThatThrownBy(() -> emitter.emit("x")).hasMessage("thrown");
    assertThat(log).isEmpty();
  }

  @Test
  void nullIsRefusedByName() {
    assertThatThrownBy(() -> emitter.on("x", (Runnable) null)).hasMessage("listener");
    assertThatThrownBy(() -> emitter.on(null, () -> {})).hasMessage("event");
    assertThatThrownBy(() -> emitter.removeListener("x", null)).hasMessage("listener");
  }

  @Test
  void listenersMayBeAddedByManyThreadsAtOnce() throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      String event = "event" + i % 2;
      Thread thread =
          new Thread(
              () -> {
                for (int j = 0; j < 1000; j++) {
                  emitter.on(event, () -> {});
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(emitter.listenerCount("event0")).isEqualTo(2000);
    assertThat(emitter.listenerCount("event1")).isEqualTo(2000);
  }
}
