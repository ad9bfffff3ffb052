package evented.net.js;

import evented.net.Loop;
import evented.net.Timer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

/**
 * The inside of a {@link Host}: one context on one loop thread, and every call from Java into it.
 *
 * <p>Only on the loop thread.
 */
final class Script {
  private static final long HOUR = 3_600_000;

  /** Node's exit code for a module that awaits what never comes. */
  private static final int UNSETTLED = 13;

  /** Its exit code for an exception that nothing caught. */
  private static final int FAILED = 1;

  /** Its exit code for one that a listener for 'uncaughtException' has thrown. */
  private static final int HANDLER_FAILED = 7;

  /**
   * What ends the text of an ES module that is the program. The value of its last expression would
   * else be taken for the promise of a module that awaits something.
   */
  static final String NO_VALUE = "\n;void 0";

  private final Loop loop;
  private final Context context;
  private final Permissions permissions;
  private final Bytes bytes;
  private final Value inner;
  private final Value drain;
  private final Value isUncaughtHandled;
  private final Value raise;
  private final Set<Handle> handles = new LinkedHashSet<>();

  private final HostSettings settings;

  private final BusyTime busy = new BusyTime();
  private @Nullable Value enterContext; // once the script has an AsyncLocalStorage
  private @Nullable Value captureContext;
  private int active;

  /**
   * Keeps the JVM alive while anything is active: of work on other threads the loop does not know.
   */
  private @Nullable Timer alive;

  private boolean idleCheckDue;
  private boolean processLoaded;
  private boolean ending;
  private boolean unsettled; // the program's own lines have not come to their end
  private boolean handlerFailed; // a listener for 'uncaughtException' has thrown
  private volatile boolean detached; // no callback enters any more; set by any thread
  private boolean stopped; // and all handles are released

  Script(Loop loop, Context context, HostSettings settings) {
    this.loop = loop;
    this.context = context;
    this.permissions = settings.permissions;
    this.settings = settings;
    this.bytes = new Bytes(context);
    Binding binding = new Binding(context, this::raise);
    binding.addVoid("uncaught", a -> uncaught(thrown(a[0]), a[1].asString()));
    binding.addVoid("exit", a -> exit(a[0].asInt()));
    binding.add("loopTimes", a -> busy.times());
    binding.addVoid("carryContext", a -> carryContext(a[0], a[1]));
    ModuleBinding modules = new ModuleBinding(this);
    modules.addTo(binding);
    new ProvidedBinding(this, settings.modules, modules).addTo(binding);
    new NetBinding(this, loop).addTo(binding);
    new TlsBinding(this).addTo(binding);
    new SecureBinding(this).addTo(binding);
    new TimerBinding(this, loop).addTo(binding);
    new ProcessBinding(this, settings).addTo(binding);
    new FileBinding(this).addTo(binding);
    InspectBinding.addTo(binding);
    TextBinding.addTo(binding);
    new DnsBinding(this).addTo(binding);
    new CryptoBinding(this).addTo(binding);
    new ZlibBinding(this).addTo(binding);
    inner = context.eval(ModuleBinding.resource("lib/loader.js")).execute(binding.object());
    drain = inner.getMember("drain");
    isUncaughtHandled = inner.getMember("isUncaughtHandled");
    raise = inner.getMember("raise");
  }

  Context context() {
    return context;
  }

  Loop loop() {
    return loop;
  }

  Permissions permissions() {
    return permissions;
  }

  /**
   * Whether it is the file that the host was told to run, which may be read whatever is allowed.
   */
  boolean isMain(Path file) {
    return settings.isMain(file);
  }

  Bytes bytes() {
    return bytes;
  }

  /** Functions to be lent to a part of this module that is loaded late. */
  Binding newBinding() {
    return new Binding(context, this::raise);
  }

  /** One of the functions that loader.js gives. */
  Value inner(String name) {
    return inner.getMember(name);
  }

  void processLoaded() {
    processLoaded = true;
  }

  // Calls into JavaScript.

  /**
   * Tells a stream or a server what happened.
   *
   * @return what a listener threw, which has been reported already; null if none did
   */
  @Nullable PolyglotException dispatch(
      Face face, Value object, int event, @Nullable Object... arguments) {
    Object[] all = new Object[arguments.length + 2];
    all[0] = object;
    all[1] = event;
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return call(face.dispatch, all);
  }

  /** Emits 'data' with text. */
  @Nullable PolyglotException tellText(Face face, Value object, String text) {
    return call(face.dispatchText, object, text);
  }

  /** Emits 'data' with bytes, as {@link Bytes#toScript} gives them. */
  @Nullable PolyglotException tellBytes(Face face, Value object, Object data) {
    return call(face.dispatchBytes, object, data);
  }

  /** Emits 'error' with what the script itself has thrown or given to destroy. */
  @Nullable PolyglotException tellThrown(Face face, Value object, Value thrown, boolean reported) {
    return call(face.dispatchThrown, object, thrown, reported);
  }

  /**
   * Calls a function as an event does: what it throws is an uncaught exception.
   *
   * @return what it threw, which has been reported already; null if nothing
   */
  @Nullable PolyglotException call(Value function, @Nullable Object... arguments) {
    return callIn(null, function, arguments);
  }

  /** As {@link #call}, in the asynchronous context that {@link #captureContext} has given. */
  @Nullable PolyglotException callIn(
      @Nullable Value captured, Value function, @Nullable Object... arguments) {
    if (detached) {
      return null;
    }
    long since = busy.begin();
    try {
      if (enterContext == null) {
        function.executeVoid(arguments);
      } else {
        @Nullable Object[] all = new @Nullable Object[arguments.length + 2];
        all[0] = function;
        all[1] = captured;
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        enterContext.executeVoid(all);
      }
      return null;
    } catch (PolyglotException failure) {
      uncaught(failure);
      drainAll();
      return failure;
    } finally {
      busy.end(since);
    }
  }

  /**
   * Calls a function that runs the next of several callbacks.
   *
   * @return whether it is to be called again: it says so, or has thrown
   */
  boolean callNext(Value function) {
    if (detached) {
      return false;
    }
    long since = busy.begin();
    try {
      return function.execute().asBoolean();
    } catch (PolyglotException failure) {
      uncaught(failure);
      drainAll();
      return !failure.isCancelled();
    } finally {
      busy.end(since);
    }
  }

  private void carryContext(Value enter, Value capture) {
    enterContext = enter;
    captureContext = capture;
  }

  /**
   * What goes along with what the script puts off now: the values of AsyncLocalStorage.
   *
   * @return null if there is none
   */
  @Nullable Value captureContext() {
    return captureContext == null || detached ? null : captureContext.execute();
  }

  /** Runs what nextTick has put off; a callback that throws does not hold up those behind it. */
  private void drainAll() {
    while (!detached) {
      try {
        drain.executeVoid();
        return;
      } catch (PolyglotException failure) {
        if (failure.isCancelled()) {
          return; // the context is closed, and would refuse each further attempt as well
        }
        uncaught(failure);
      }
    }
  }

  /** Reports what nothing has caught: to the script if it listens for that, else to its host. */
  void uncaught(PolyglotException failure) {
    uncaught(failure, "uncaughtException");
  }

  private void uncaught(PolyglotException failure, String origin) {
    if (detached || failure.isCancelled()) {
      return;
    }
    PolyglotException told = failure;
    try {
      if (isUncaughtHandled.execute(thrownValue(failure), origin).asBoolean()) {
        return;
      }
    } catch (PolyglotException second) {
      if (detached || second.isCancelled()) {
        return;
      }
      told = second;
      handlerFailed = true;
    }
    settings.onUncaught.accept(told);
  }

  /** The value that was thrown. */
  Value thrownValue(PolyglotException failure) {
    Value thrown = failure.getGuestObject();
    return thrown != null ? thrown : error("Error", String.valueOf(failure.getMessage()));
  }

  /** The exception that a value makes when it is thrown. */
  private PolyglotException thrown(Value value) {
    try {
      inner("rethrow").executeVoid(value);
      throw new AssertionError("it throws");
    } catch (PolyglotException e) {
      return e;
    }
  }

  // Errors for JavaScript.

  /** Throws, in JavaScript, the Error that stands for a Java exception. */
  RuntimeException raise(Exception exception) {
    raise.executeVoid(describe(exception));
    return new IllegalStateException(exception); // never: raise throws
  }

  private Value error(@Nullable Object... description) {
    try {
      raise.executeVoid(description);
      throw new AssertionError("it throws");
    } catch (PolyglotException e) {
      return Objects.requireNonNull(e.getGuestObject());
    }
  }

  /** The Error that stands for a Java exception. */
  Value error(Exception exception) {
    return error(describe(exception));
  }

  private static @Nullable Object[] describe(Exception exception) {
    if (exception instanceof ClassCastException
        || exception instanceof NullPointerException
        || exception instanceof IndexOutOfBoundsException
        || exception instanceof UnsupportedOperationException) {
      // What the polyglot API says of a value that it cannot convert tells of Java.
      return new @Nullable Object[] {
        "TypeError",
        "an argument is not of the kind that is asked for, or out of its range",
        "ERR_INVALID_ARG_VALUE",
        null,
        null
      };
    }
    String message = Objects.requireNonNullElse(exception.getMessage(), exception.toString());
    if (exception instanceof Permissions.AccessDeniedError) {
      return new @Nullable Object[] {"Error", message, "ERR_ACCESS_DENIED", null, null};
    }
    if (exception instanceof CodedException coded) {
      return new @Nullable Object[] {coded.kind(), message, coded.code(), null, null};
    }
    if (exception instanceof IllegalArgumentException) {
      return new @Nullable Object[] {"TypeError", message, null, null, null};
    }
    if (exception instanceof FileSystemException failure) {
      String code = code(failure);
      String path = failure.getFile();
      return new @Nullable Object[] {
        "Error", code + ": " + reason(code, failure) + ", '" + path + "'", code, "open", path
      };
    }
    if (exception instanceof FileBinding.LookupException) {
      return new @Nullable Object[] {"Error", message, "ENOTFOUND", "getaddrinfo", null};
    }
    String code =
        exception instanceof IOException
            ? message.contains("Broken pipe")
                ? "EPIPE"
                : message.contains("No space left") ? "ENOSPC" : "EIO"
            : null;
    return new @Nullable Object[] {"Error", message, code, null, null};
  }

  private static String code(FileSystemException failure) {
    if (failure instanceof NoSuchFileException) {
      return "ENOENT";
    } else if (failure instanceof AccessDeniedException) {
      return "EACCES";
    } else if (failure instanceof FileAlreadyExistsException) {
      return "EEXIST";
    } else if (failure instanceof NotDirectoryException) {
      return "ENOTDIR";
    } else if (failure instanceof DirectoryNotEmptyException) {
      return "ENOTEMPTY";
    } else if (failure instanceof FileSystemLoopException) {
      return "ELOOP";
    }
    String reason = String.valueOf(failure.getReason());
    return reason.contains("Not a directory")
        ? "ENOTDIR"
        : reason.contains("Is a directory") ? "EISDIR" : "EIO";
  }

  private static String reason(String code, FileSystemException failure) {
    return switch (code) {
      case "ENOENT" -> "no such file or directory";
      case "EACCES" -> "permission denied";
      case "EEXIST" -> "file already exists";
      case "ENOTDIR" -> "not a directory";
      case "ENOTEMPTY" -> "directory not empty";
      case "EISDIR" -> "illegal operation on a directory";
      default -> String.valueOf(failure.getReason());
    };
  }

  // What keeps the script going.

  /** The kinds, as Node calls them, of what is open and keeps the script going. */
  List<String> activeResources() {
    return handles.stream()
        .filter(Handle::keepsGoing)
        .map(Handle::kind)
        .filter(kind -> !kind.isEmpty())
        .toList();
  }

  void handleOpened(Handle handle) {
    handles.add(handle);
    if (stopped) {
      // Accepted, or opened by Java code that the script had called, after all else was released.
      loop.execute(handle::release);
    }
  }

  void handleClosed(Handle handle) {
    handles.remove(handle);
  }

  void countActive(int by) {
    active += by;
    if (active > 0 && alive == null && !detached) {
      alive = loop.setInterval(HOUR, () -> {});
    }
    checkIdle();
  }

  /** Ends the script, by and by, if nothing is left to do. */
  void checkIdle() {
    if (active == 0 && !idleCheckDue && !detached) {
      idleCheckDue = true;
      loop.execute(this::endIfIdle);
    }
  }

  private void endIfIdle() {
    idleCheckDue = false;
    if (active > 0 || detached) {
      return;
    }
    letGo();
    if (!settings.endsWhenIdle) {
      return;
    }
    emitProcess("beforeExit", 0);
    if (active == 0 && unsettled) {
      warn("Warning: the script ends while it still awaits something at its top level\n");
      end(UNSETTLED);
    } else if (active == 0) {
      end(0);
    }
  }

  /** Takes what an ES module gives that is the program: a promise if it awaits something. */
  void awaits(Value value) {
    unsettled = true; // before its callbacks, which may run within this call
    ProxyExecutable settled = a -> unsettled = false;
    if (!inner("awaitMain").execute(value, settled).asBoolean()) {
      unsettled = false;
    }
  }

  private void letGo() {
    if (alive != null) {
      alive.cancel();
      alive = null;
    }
  }

  private void warn(String text) {
    try {
      settings.error.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // Nobody reads what is said of errors.
    }
  }

  /** Emits an event of process, and returns the exit code that this leaves. */
  private int emitProcess(String event, int code) {
    if (!processLoaded) {
      return code;
    }
    try {
      return inner("emitProcess").execute(event, code).asInt();
    } catch (PolyglotException failure) {
      uncaught(failure);
      return 1;
    }
  }

  /** Ends the script, such as after an exception that nothing handles. */
  void end(int wanted) {
    int code = wanted == FAILED && handlerFailed ? HANDLER_FAILED : wanted;
    if (ending) {
      exit(code); // a listener for 'exit' has thrown
    } else {
      ending = true;
      exit(emitProcess("exit", code));
    }
  }

  /** Ends the script: what is gathered is sent first (semantics W2). */
  void exit(int code) {
    if (detached) {
      return;
    }
    for (Handle handle : List.copyOf(handles)) {
      handle.flush();
    }
    settings.onExit.accept(code);
  }

  boolean isStopped() {
    return detached;
  }

  /** Lets no callback enter the script any more. From any thread; {@link #stop} is to follow. */
  void detach() {
    detached = true;
  }

  /** Ends all that the script has open; nothing more is told to it. */
  void stop() {
    detach();
    if (!stopped) {
      stopped = true;
      for (Handle handle : List.copyOf(handles)) {
        handle.release();
      }
      letGo();
    }
  }
}
