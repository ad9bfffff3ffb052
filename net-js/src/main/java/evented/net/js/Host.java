package evented.net.js;

import evented.net.Loop;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;
import org.jspecify.annotations.Nullable;

/**
 * Runs JavaScript on a {@link Loop}: scripts that {@code require('net')}.
 *
 * <pre>{@code
 * Host host = Host.builder()
 *     .allowFiles(Path.of("scripts"))
 *     .onUncaughtError(error -> log.error("script failed", error))
 *     .build();
 * host.share("greeting", "hello\r\n");
 * host.run(Path.of("scripts/server.js"));
 * …
 * host.stop();
 * }</pre>
 *
 * <p>A host belongs to one loop thread: all its JavaScript runs there, and so do the events of its
 * streams and servers. Several hosts may share a loop, or run side by side on loops of their own.
 * Every method may be called from any thread.
 *
 * <p><b>What a script may reach</b> is for the program to say. By default these are {@code net} and
 * the modules that only compute, and neither files nor Java objects, other than those that it is
 * handed. An exception that nothing catches goes to {@link Builder#onUncaughtError}, and the stream
 * whose listener threw it is destroyed.
 */
public final class Host implements AutoCloseable {
  private static final Logger LOGGER = System.getLogger("evented.net.js");

  private final Loop loop;
  private final Context context;
  private final boolean ownContext;
  private final CompletableFuture<Integer> exited = new CompletableFuture<>();
  private final CompletableFuture<Script> script = new CompletableFuture<>();
  private final Settings settings;
  private volatile @Nullable Thread loopThread;

  private Host(Loop loop, Context context, boolean ownContext, Settings settings) {
    this.loop = loop;
    this.context = context;
    this.ownContext = ownContext;
    this.settings = settings;
    if (settings.onExit == Settings.NONE) {
      settings.onExit = this::exited;
    }
    onLoop(
        () -> {
          Script made = new Script(loop, context, settings);
          if (ownContext) {
            made.inner("globals").executeVoid();
          }
          script.complete(made);
          return null;
        },
        script);
  }

  /**
   * Begins to make a host.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Adds {@code require} to a context that the application made itself, with its own engine, limits
   * and access to Java. From then on all code of that context is to run on the loop, as {@link
   * #eval} and {@link Loop#execute} do it, because a context is for one thread at a time.
   *
   * <p>Scripts get what {@link Builder#build} gives by default, and no other global name than
   * {@code require}; {@link #stop} leaves the context open.
   *
   * @param context where to add it
   * @param loop a loop of one thread, on which the streams live
   * @return the host of that context
   * @throws IllegalArgumentException if the loop has several threads
   */
  public static Host install(Context context, Loop loop) {
    return builder().loop(loop).install(context);
  }

  /**
   * Gives scripts a global name for a value: a string, a number, a proxy of polyglot's, or a Java
   * object, of which they may use the members that are annotated with {@link HostAccess.Export}.
   *
   * @param name the global name
   * @param value what it stands for; null for JavaScript's null
   * @return this
   */
  public Host share(String name, @Nullable Object value) {
    Objects.requireNonNull(name, "name");
    run(
        () -> {
          context.getBindings("js").putMember(name, value);
          return null;
        });
    return this;
  }

  /**
   * Runs a file: as a CommonJS module, or as an ES module if its name ends in {@code .mjs}, the
   * {@code package.json} above it says so, or it holds {@code import} or {@code export}.
   *
   * @param file the script; it may be read whatever {@link Builder#allowFiles} says
   * @param arguments what {@code process.argv} holds after the script's name
   * @return done when the script's own lines have run; its servers and timers live on. It fails
   *     with a {@link PolyglotException} if the script throws, with {@link NoSuchFileException} if
   *     there is none.
   */
  public CompletableFuture<Void> run(Path file, String... arguments) {
    Path absolute = file.toAbsolutePath().normalize();
    return run(
        () -> {
          if (!Files.isRegularFile(absolute)) {
            throw new NoSuchFileException(absolute.toString());
          }
          settings.arguments =
              Stream.concat(Stream.of(settings.command, absolute.toString()), Stream.of(arguments))
                  .toArray(String[]::new);
          settings.main = absolute.toRealPath();
          if (current().inner("isEsModule").execute(settings.main.toString()).asBoolean()) {
            Source source =
                Source.newBuilder("js", absolute.toRealPath().toFile())
                    .mimeType("application/javascript+module")
                    .build();
            current().awaits(context.eval(source));
          } else {
            current().inner("main").executeVoid(absolute.toRealPath().toString());
          }
          return null;
        });
  }

  /**
   * Runs a text as a script, with {@code require} as a global name.
   *
   * @param name what messages call it, such as {@code greeting.js}
   * @param code the text
   * @return what its last expression gives, to be used on the loop only. It fails with a {@link
   *     PolyglotException} if the script throws.
   */
  public CompletableFuture<Value> eval(String name, String code) {
    Source source = Source.newBuilder("js", code, name).buildLiteral();
    return run(() -> context.eval(source));
  }

  /**
   * Returns what tells that the script has ended: it called {@code process.exit}, or {@link #stop}
   * was called.
   *
   * @return done with the exit code, 0 for {@code stop}
   */
  public CompletableFuture<Integer> exited() {
    return exited.copy();
  }

  /**
   * Ends the script: its streams are destroyed, its servers closed, its timers stopped, and a
   * context that the host made is closed, which also ends a script that runs at the moment.
   * Harmless when repeated.
   */
  public void stop() {
    exited(0);
  }

  /** Does what {@link #stop} does. */
  @Override
  public void close() {
    stop();
  }

  /**
   * Makes require() a global name, for code that is no file: as if it lay in the present folder.
   */
  private void defineRequire() {
    run(
        () -> {
          current().inner("defineRequire").executeVoid(Path.of("").toAbsolutePath().toString());
          return null;
        });
  }

  private void exited(int code) {
    if (!exited.complete(code)) {
      return;
    }
    Thread thread = loopThread;
    if (thread == Thread.currentThread()) {
      end();
    } else {
      if (ownContext) {
        // A script that never ends holds up the loop; only this gets it off.
        context.close(true);
      }
      loop.execute(this::end);
    }
  }

  private void end() {
    Script ending = script.getNow(null);
    if (ending != null) {
      ending.stop();
    }
    if (ownContext) {
      context.close(true);
    }
  }

  // What the launcher uses.

  Settings settings() {
    return settings;
  }

  void uncaught(PolyglotException failure) {
    run(
        () -> {
          current().uncaught(failure);
          return null;
        });
  }

  /** To be called on the loop. */
  String describe(PolyglotException failure) {
    return Failures.describe(current(), failure);
  }

  CompletableFuture<String> describeLater(PolyglotException failure) {
    return run(() -> Failures.describe(current(), failure));
  }

  void exit(int code) {
    run(
        () -> {
          current().end(code);
          return null;
        });
  }

  /** Runs a line of the prompt, and gives its value as text. */
  CompletableFuture<String> evalShown(String code) {
    return run(
        () -> {
          Source source = Source.newBuilder("js", code, "prompt").interactive(false).buildLiteral();
          return current().inner("inspect").execute(context.eval(source)).asString();
        });
  }

  // On the loop.

  Script current() {
    return script.join();
  }

  <T> CompletableFuture<T> run(Callable<T> task) {
    CompletableFuture<T> result = new CompletableFuture<>();
    onLoop(
        () -> {
          current(); // fails if it could not be made
          T value = task.call();
          current().checkIdle();
          result.complete(value);
          return null;
        },
        result);
    return result;
  }

  private void onLoop(Callable<@Nullable Void> task, CompletableFuture<?> failing) {
    Runnable guarded =
        () -> {
          loopThread = Thread.currentThread();
          try {
            task.call();
          } catch (Exception failure) {
            failing.completeExceptionally(failure);
          }
        };
    if (loopThread == Thread.currentThread()) {
      guarded.run();
    } else {
      loop.execute(guarded);
    }
  }

  /** What a {@link Builder} has gathered. */
  static final class Settings {
    static final IntConsumer NONE = code -> {};

    Permissions permissions = new Permissions(Permissions.DEFAULT_MODULES, file -> false, false);
    Consumer<PolyglotException> onUncaught =
        error -> LOGGER.log(Level.ERROR, "Uncaught error in a script", error);
    IntConsumer onExit = NONE;
    boolean endsWhenIdle;
    boolean signals;
    String terminals = ""; // the digits of the standard descriptors that are terminals
    String command = "evented";
    String[] arguments = {"evented"};
    @Nullable Path main;
    Map<String, String> environment = Map.of();
    InputStream input = InputStream.nullInputStream();
    OutputStream output = System.out;
    OutputStream error = System.err;

    Settings copy() {
      Settings copy = new Settings();
      copy.permissions = permissions;
      copy.onUncaught = onUncaught;
      copy.onExit = onExit;
      copy.endsWhenIdle = endsWhenIdle;
      copy.signals = signals;
      copy.terminals = terminals;
      copy.command = command;
      copy.arguments = arguments.clone();
      copy.main = main;
      copy.environment = environment;
      copy.input = input;
      copy.output = output;
      copy.error = error;
      return copy;
    }

    /**
     * Whether it is the file that the host was told to run, which may be read whatever is allowed;
     * not if a script has put a link in its place.
     */
    boolean isMain(Path file) {
      try {
        return file.equals(main) && file.toRealPath().equals(main);
      } catch (IOException e) {
        return false;
      }
    }
  }

  /** Says how a {@link Host} is to be, and makes it. */
  public static final class Builder {
    private final Settings settings = new Settings();
    private final Set<String> modules = new HashSet<>(Permissions.DEFAULT_MODULES);
    private Predicate<Path> files = file -> false;
    private boolean everything;
    private Supplier<Loop> loop = Loop::shared;
    private @Nullable Engine engine;
    private HostAccess hostAccess =
        HostAccess.newBuilder(HostAccess.EXPLICIT).allowBufferAccess(true).build();

    private Builder() {}

    /**
     * Sets the loop on which the script runs; the shared one by default.
     *
     * @param loop a loop of one thread
     * @return this
     * @throws IllegalArgumentException if it has several, since a context belongs to one
     */
    public Builder loop(Loop loop) {
      Objects.requireNonNull(loop, "loop");
      if (loop.threads() > 1) {
        throw new IllegalArgumentException(
            "a host needs a loop of one thread, and this one has "
                + loop.threads()
                + "; make a loop and a host for each thread");
      }
      return lateLoop(() -> loop);
    }

    /** As {@link #loop}; the loop is asked for when the context is made. */
    Builder lateLoop(Supplier<Loop> loop) {
      this.loop = loop;
      return this;
    }

    /**
     * Sets the engine, so that several hosts share what it has compiled. By default each has its
     * own, which runs a single script faster.
     *
     * @param engine an engine with the language {@code js}
     * @return this
     */
    public Builder engine(Engine engine) {
      this.engine = Objects.requireNonNull(engine, "engine");
      return this;
    }

    /**
     * Sets what scripts may do with Java objects that they are handed; by default they may use
     * members that are annotated with {@link HostAccess.Export}.
     *
     * @param access the access
     * @return this
     */
    public Builder hostAccess(HostAccess access) {
      this.hostAccess = Objects.requireNonNull(access, "access");
      return this;
    }

    /**
     * Lets scripts require these core modules, and no others. By default these are {@code net} and
     * the modules that only compute; {@code fs}, {@code os} and {@code dns} are not among them.
     *
     * @param names their names
     * @return this
     */
    public Builder onlyModules(String... names) {
      modules.clear();
      modules.addAll(List.of(names));
      return this;
    }

    /**
     * Lets scripts require these core modules too.
     *
     * @param names their names, such as {@code fs}
     * @return this
     */
    public Builder allowModules(String... names) {
      modules.addAll(List.of(names));
      return this;
    }

    /**
     * Lets scripts reach the files below a folder: {@code require} and {@code import} read them,
     * and {@code fs}, if that is allowed too, also writes them.
     *
     * <p>What counts is where a path leads: a link in the folder to a file outside of it reaches
     * nothing. A hard link is the file itself, so whoever else may write to the folder decides with
     * these what lies in it.
     *
     * @param folder the folder
     * @return this
     * @throws IllegalArgumentException if its path cannot be followed
     */
    public Builder allowFiles(Path folder) {
      Path real;
      try {
        real = RealFiles.follow(folder);
      } catch (IOException e) {
        throw new IllegalArgumentException("no folder can be at " + folder, e);
      }
      return allowFiles(file -> file.startsWith(real));
    }

    /**
     * Lets scripts reach the files that a test accepts.
     *
     * @param test gets the absolute path to a file, without links and {@code ..}; it may be called
     *     on any thread
     * @return this
     */
    public Builder allowFiles(Predicate<Path> test) {
      files = files.or(test);
      return this;
    }

    /**
     * Lets scripts do what a program of one's own may do: all modules, all files, the environment.
     *
     * @return this
     */
    public Builder allowEverything() {
      everything = true;
      settings.environment = System.getenv();
      return this;
    }

    /**
     * Sets what {@code process.env} holds; nothing by default.
     *
     * @param environment names and values
     * @return this
     */
    public Builder environment(Map<String, String> environment) {
      settings.environment = Map.copyOf(environment);
      return this;
    }

    /**
     * Sets where {@code console} and {@code process.stdout} write to, {@code System.out} and {@code
     * System.err} by default.
     *
     * @param output for what is said
     * @param error for what is said of errors
     * @return this
     */
    public Builder output(OutputStream output, OutputStream error) {
      settings.output = Objects.requireNonNull(output, "output");
      settings.error = Objects.requireNonNull(error, "error");
      return this;
    }

    /**
     * Sets what {@code process.stdin} reads; nothing by default.
     *
     * @param input where it reads
     * @return this
     */
    public Builder input(InputStream input) {
      settings.input = Objects.requireNonNull(input, "input");
      return this;
    }

    /**
     * Sets who hears of exceptions that nothing catches, unless the script has a listener for
     * {@code process.on('uncaughtException')}. By default they are logged.
     *
     * @param listener called on the loop
     * @return this
     */
    public Builder onUncaughtError(Consumer<PolyglotException> listener) {
      settings.onUncaught = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /** The launcher's settings, to be changed before {@link #build} copies them. */
    Settings settings() {
      return settings;
    }

    /**
     * Makes the host, with a context of its own.
     *
     * @return a host that has run nothing yet
     */
    public Host build() {
      Settings settings = gathered();
      ScriptFiles fileSystem = new ScriptFiles(settings);
      Context.Builder builder =
          Context.newBuilder("js")
              .allowHostAccess(hostAccess)
              .allowExperimentalOptions(true)
              .option("js.unhandled-rejections", "handler")
              .allowIO(IOAccess.newBuilder().fileSystem(fileSystem).build());
      if (engine != null) {
        builder.engine(engine);
      } else {
        builder.option("engine.WarnInterpreterOnly", "false");
      }
      Context context = builder.build();
      Host host = new Host(loop.get(), context, true, settings);
      fileSystem.use(host::current);
      host.defineRequire();
      return host;
    }

    private Host install(Context context) {
      Host host = new Host(loop.get(), context, false, gathered());
      host.defineRequire();
      return host;
    }

    /** The settings of one host: what is set or run later changes no other one. */
    private Settings gathered() {
      Settings copy = settings.copy();
      copy.permissions = new Permissions(Set.copyOf(modules), files, everything);
      return copy;
    }
  }
}
