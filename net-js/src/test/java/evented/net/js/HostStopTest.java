package evented.net.js;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import evented.net.Loop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults, row F44: a host is stopped whatever its script does. */
class HostStopTest {
  private final Loop loop = Loop.create(1);
  private final CountDownLatch entered = new CountDownLatch(1);
  private final AtomicInteger calls = new AtomicInteger();

  @AfterEach
  void closeLoop() {
    loop.close();
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(60, TimeUnit.SECONDS);
  }

  private Host host() {
    return Host.builder()
        .loop(loop)
        .onUncaughtError(error -> calls.incrementAndGet())
        .build()
        .share(
            "enter",
            (ProxyExecutable)
                a -> {
                  entered.countDown();
                  return calls.incrementAndGet();
                });
  }

  private void awaitEntered() throws InterruptedException {
    assertThat(entered.await(60, TimeUnit.SECONDS)).as("the script has begun").isTrue();
  }

  /** The loop runs others' tasks, and nothing of the script with them. */
  private void assertOthersAreServed() throws Exception {
    int before = calls.get();
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    loop.execute(() -> interrupted.complete(Thread.currentThread().isInterrupted()));
    assertThat(get(interrupted)).as("the loop's thread is interrupted").isFalse();
    CompletableFuture<Void> timer = new CompletableFuture<>();
    loop.setTimeout(5, () -> timer.complete(null));
    get(timer);
    assertThat(calls).as("calls of the script").hasValue(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "enter(); for (;;);",
        "function again() { Promise.resolve().then(again) } enter(); again()",
        "function again() { process.nextTick(again) } enter(); again()",
        "for (let i = 0; i < 1e5; i++) process.nextTick(() => { enter(); throw new Error('x') })",
        "for (let i = 0; i < 100; i++) setInterval(() => { enter(); throw new Error('x') }, 1)",
        "setTimeout(() => { enter(); for (;;); }, 1)",
        "process.on('uncaughtException', () => { enter(); for (;;); }); setTimeout(() => no, 1)",
        "process.on('exit', () => { enter(); for (;;); }); process.exit(3)",
        "enter(); for (;;) try { for (;;); } finally { for (;;); }",
        "(function again() { enter(); setImmediate(again); })()",
        "enter(); /^(a+)+$/.test('a'.repeat(40) + 'b')",
        "enter(); for (;;) (1n << 300000n).toString()",
        "const many = Array.from({length: 1e5}, (_, i) => -i); enter(); for (;;) many.sort()",
        "enter(); for (;;) new Array(1e6).fill(0).map(Math.sqrt)",
        "let text = 'x'; enter(); for (;;) text = (text + text).slice(0, 1e6)",
        "enter(); for (;;) JSON.stringify(new Array(100000).fill({a: 1}))",
      })
  void F44_nothingOfTheScriptRunsAfterStop(String code) throws Exception {
    Host host = host();
    var unused = host.eval("hostile.js", code);
    awaitEntered();
    host.stop();
    assertOthersAreServed();
    get(host.exited());
  }

  @Test
  void F44_aScriptMayStopItsOwnHost() throws Exception {
    Host host = host();
    host.share(
        "stop",
        (ProxyExecutable)
            a -> {
              host.stop();
              return null;
            });
    var evaluated = host.eval("stop.js", "stop(); enter()");
    assertThatThrownBy(() -> get(evaluated)).isNotNull();
    assertThat(get(host.exited())).isZero();
    assertThat(calls).hasValue(0);
    assertOthersAreServed();
  }

  @Test
  void F44_aHostMayBeStoppedBeforeItHasBegunAndOnItsLoop() throws Exception {
    CompletableFuture<Host> stopped = new CompletableFuture<>();
    loop.execute(
        () -> {
          Host host = host();
          host.stop();
          host.stop();
          stopped.complete(host);
        });
    Host host = get(stopped);
    assertThat(get(host.exited())).isZero();
    assertThatThrownBy(() -> get(host.eval("late.js", "enter()")))
        .hasMessageContaining("the host has been stopped");
    assertOthersAreServed();
  }

  @Test
  void F44_everyoneWhoStopsAHostWaitsForItsEnd() throws Exception {
    Host host = host();
    var unused = host.eval("endless.js", "enter(); for (;;);");
    awaitEntered();
    CompletableFuture<?>[] stops = new CompletableFuture<?>[4];
    for (int i = 0; i < stops.length; i++) {
      stops[i] =
          CompletableFuture.runAsync(
              () -> {
                host.stop();
                assertThat(host.exited()).isDone();
              });
    }
    get(CompletableFuture.allOf(stops));
    assertOthersAreServed();
  }

  @Test
  void F44_aHostWhoseLoopIsClosedCanStillBeStopped() throws Exception {
    Host host = host();
    get(host.eval("begin.js", "require('net').createServer().on('error', () => {}); enter()"));
    loop.close();
    host.stop();
    assertThat(get(host.exited())).isZero();
    assertThat(host.eval("late.js", "enter()")).isCompletedExceptionally();
  }

  @Test
  void F44_stopThrowsWhenJavaCodeOfTheProgramHoldsTheScript() throws Exception {
    Host host = host();
    CountDownLatch held = new CountDownLatch(1);
    host.share(
        "hold",
        (ProxyExecutable)
            a -> {
              calls.incrementAndGet();
              entered.countDown();
              while (true) {
                try {
                  held.await();
                  return null;
                } catch (InterruptedException e) {
                  // Code that cannot be interrupted.
                }
              }
            });
    var unused = host.eval("held.js", "hold(); enter()");
    awaitEntered();
    assertThatThrownBy(host::stop)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("cannot be interrupted");
    held.countDown();
    get(host.exited());
    assertThat(calls).hasValue(1);
    assertOthersAreServed();
  }
}
