package evented.net.js;

import evented.net.Loop;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
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
import org.graalvm.polyglot.proxy.ProxyArray;
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
 * <p><b>What a script may reach</b> is for the program to say. By default these are the modules
 * that only compute, and {@code net} without any address to connect to or to listen on ({@link
 * Builder#allowConnect}, {@link Builder#allowListen}), and neither files, UNIX sockets, descriptors
 * nor Java objects, other than those that it is handed. An exception that nothing catches goes to
 * {@link Builder#onUncaughtError}, and the stream whose listener threw it is destroyed.
 */
public final class Host implements AutoCloseable {
  private final Loop loop;
  private final Context context;
  private final CompletableFuture<Integer> exited = new CompletableFuture<>();
  private final CompletableFuture<Script> script = new CompletableFuture<>();
  private final HostSettings settings;
  private final HostEnding ending;
  private final HostFutures futures = new HostFutures();
  private volatile @Nullable Thread loopThread;

  /** The files are those of a context that is the host's own, and null for the application's. */
  private Host(Loop loop, Context context, @Nullable ScriptFiles files, HostSettings settings) {
    boolean ownContext = files != null;
    this.loop = loop;
    this.context = context;
    this.settings = settings;
    this.ending = new HostEnding(ownContext ? context : null);
    if (settings.onExit == HostSettings.NONE) {
      settings.onExit = this::exited;
    }
    onLoop(
        () -> {
          ending.checkRunning();
          if (files != null) {
            files.attach(context, this::current);
          }
          Script made = new Script(loop, context, settings);
          if (ownContext || settings.globals) {
            made.inner("globals").executeVoid(ownContext);
          }
          script.complete(made);
          if (ending.hasBegun()) {
            made.detach(); // stop() came while it was made, and may have missed it
          }
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
   * <p>Scripts get what {@link Builder#build} gives by default, which is no network; {@link
   * Builder#install} installs with more. They get no other global name than {@code require} unless
   * {@link Builder#globals} asks for them; {@link #stop} leaves the context open.
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
                Source.newBuilder("js", settings.main.toFile())
                    .content(
                        ScriptFiles.moduleText(current(), Files.readString(settings.main))
                            + Script.NO_VALUE)
                    .mimeType(Evaluation.MODULE)
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
   * Runs a text as an ES module that other modules of this host may import by its name, as if
   * {@link Builder#moduleSource} had named it.
   *
   * <p>In a context that the application made itself, {@code import} knows what the application's
   * own file system shows, and this fails.
   *
   * @param name its name, such as {@code app/main.mjs}, which no other module has
   * @param source its text; it may import, and {@code await} at its top level
   * @return what it exports, to be used on the loop only, once it has run to its end. It fails with
   *     a {@link PolyglotException} if the module throws, with {@link IllegalArgumentException} if
   *     there is a module of that name.
   */
  public CompletableFuture<Value> evalModule(String name, String source) {
    Objects.requireNonNull(source, "source");
    return run(() -> {
          settings.modules.addSource(name, source);
          return current().inner("importModule").execute(name);
        })
        .thenCompose(this::future);
  }

  /**
   * Calls a function of the script's, on the loop.
   *
   * @param function what a script has given: the result of an {@link #eval}, a member of a module,
   *     an argument
   * @param arguments what it gets, converted as polyglot's values are
   * @return what it returns, to be used on the loop only; if that is a promise, what it is
   *     fulfilled with. It fails with a {@link PolyglotException} if the function throws or the
   *     promise is rejected.
   */
  public CompletableFuture<Value> call(Value function, @Nullable Object... arguments) {
    Objects.requireNonNull(function, "function");
    return run(() -> function.execute(arguments)).thenCompose(this::future);
  }

  /**
   * Waits for a promise of the script's: {@code host.eval(…).thenCompose(host::future)}.
   *
   * @param value a promise, or any other value, which is there already
   * @return done on the loop with what the promise is fulfilled with, to be used there only. It
   *     fails with a {@link PolyglotException} if the promise is rejected, with {@link
   *     IllegalStateException} if the host is stopped before that.
   */
  public CompletableFuture<Value> future(Value value) {
    Objects.requireNonNull(value, "value");
    return futures.of(this, value);
  }

  /**
   * Makes a promise for a future, for Java code that the script has called: what it returns can be
   * awaited there. Functions of a {@link Builder#module} may return the future itself.
   *
   * @param stage what the promise is settled with: an exception becomes an {@code Error}, and that
   *     of a script the value that the script has thrown
   * @return a promise
   * @throws IllegalStateException if this is not the loop's thread, or the host has been stopped
   */
  public Value promise(CompletionStage<?> stage) {
    Objects.requireNonNull(stage, "stage");
    if (loopThread != Thread.currentThread()) {
      throw new IllegalStateException("a promise is made on the thread of the host's loop");
    }
    ending.checkRunning();
    return current().inner("promise").execute(new ProvidedBinding.Future(stage));
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
   * context that the host made is closed, which also ends a script that runs at the moment. When it
   * returns, nothing of the script runs or will run, and its descriptors are free; another call
   * that comes meanwhile waits for the same. A later {@link #run} or {@link #eval} fails.
   *
   * <p>Called by the script itself, through what the program has lent it, or by another task of the
   * loop's thread, it does not wait: the script ends before it runs another line. A context that
   * the application made is left open, and code that runs in it at the moment comes to its own end;
   * this waits for that as long as for anything else.
   *
   * <p>JavaScript ends within a second. A single built-in operation, such as writing a BigInt of
   * millions of digits as text, or Java code that the script has called, can run to its end first.
   * It is given five seconds. Then this throws; the loop is held up until that operation returns,
   * when the script ends. So let a host that runs a stranger's script have a loop of its own,
   * {@code Loop.create(1)}: then no one else ever waits for it.
   *
   * @throws IllegalStateException if the script still runs after five seconds
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
    boolean first = ending.begin();
    Script running = script.isCompletedExceptionally() ? null : script.getNow(null);
    if (running != null) {
      running.detach();
    }
    Thread thread = loopThread;
    if (thread == Thread.currentThread()) {
      if (first) {
        end(code);
      }
      return;
    }
    if (first) {
      ending.closeContext();
      try {
        loop.execute(() -> end(code));
      } catch (IllegalStateException closedLoop) { // and with it all that the script had open
        exited.complete(code);
        futures.stop();
        ending.loopLeft();
      }
    }
    if (thread == null) {
      return; // nothing has run, and nothing will
    }
    ending.await();
  }

  private void end(int code) {
    try {
      Script last = script.isCompletedExceptionally() ? null : script.getNow(null);
      if (last != null) {
        last.stop();
      }
      ending.closeOnLoop();
    } finally {
      exited.complete(code);
      futures.stop();
      ending.loopLeft();
    }
  }

  // What the launcher uses.

  HostSettings settings() {
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

  /** Requires modules, before the program. */
  CompletableFuture<?> require(List<String> names) {
    return run(() -> current().inner("preload").execute(ProxyArray.fromArray(names.toArray())));
  }

  /** Imports a module, before the program. */
  CompletableFuture<?> importBefore(String name) {
    return run(() -> current().inner("importModule").execute(name)).thenCompose(this::future);
  }

  /** Runs a text as the program, with what {@code --eval} has. */
  CompletableFuture<?> evalMain(String name, String code, Options options) {
    return run(
        () -> {
          new Evaluation(current(), name).run(code, options.isModule, options.print);
          return null;
        });
  }

  /** Checks that a file is a script, or an ES module, without running it. */
  CompletableFuture<?> check(Path file) {
    return run(
        () -> {
          Path real = file.toRealPath();
          if (current().inner("isEsModule").execute(real.toString()).asBoolean()) {
            context.parse(
                Source.newBuilder("js", real.toFile())
                    .content(ScriptFiles.moduleText(current(), Files.readString(real)))
                    .mimeType(Evaluation.MODULE)
                    .build());
          } else {
            current().inner("check").executeVoid(real.toString());
          }
          return null;
        });
  }

  // On the loop.

  Script current() {
    return script.join();
  }

  <T> CompletableFuture<T> run(Callable<T> task) {
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      onLoop(
          () -> {
            ending.checkRunning();
            current(); // fails if it could not be made
            T value = task.call();
            current().checkIdle();
            result.complete(value);
            return null;
          },
          result);
    } catch (IllegalStateException closedLoop) {
      result.completeExceptionally(closedLoop);
    }
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

  /** Says how a {@link Host} is to be, and makes it. */
  public static final class Builder {
    private final HostSettings settings = new HostSettings();
    private final Set<String> modules = new HashSet<>(Permissions.DEFAULT_MODULES);
    private Predicate<Path> files = file -> false;
    private boolean everything;
    private final List<AddressRule> connect = new ArrayList<>();
    private final List<AddressRule> listen = new ArrayList<>();
    private final List<Path> unixFolders = new ArrayList<>();
    private boolean descriptors;
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
      Path real = real(folder);
      return allowFiles(file -> file.startsWith(real));
    }

    private static Path real(Path folder) {
      try {
        return RealFiles.follow(folder);
      } catch (IOException e) {
        throw new IllegalArgumentException("no folder can be at " + folder, e);
      }
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
     * Lets scripts connect to these TCP addresses; by default to none. Each text is a host, {@code
     * host:port} or {@code host:first-last}; without a port, every port is meant. The host is one
     * of
     *
     * <ul>
     *   <li>a name, such as {@code api.example.com:443}: a script that gives this very name may
     *       connect to whatever address it leads to;
     *   <li>an address or a block of them, such as {@code 10.0.0.0/8} or {@code [::1]:8000-8080}:
     *       the address that is really connected to is tested, whatever name or spelling has led to
     *       it;
     *   <li>{@code *} for every host.
     * </ul>
     *
     * <p>What is not allowed throws an {@code Error} with the code {@code ERR_ACCESS_DENIED}, or,
     * if only the look-up of the name tells, ends in {@code error} with the code {@code EACCES}.
     *
     * @param addresses the addresses, added to those that were allowed before
     * @return this
     * @throws IllegalArgumentException if one cannot be understood
     */
    public Builder allowConnect(String... addresses) {
      Stream.of(addresses).map(AddressRule::parse).forEach(connect::add);
      return this;
    }

    /**
     * Lets scripts listen on these TCP addresses; by default on none. They are written as for
     * {@link #allowConnect}. A server that is given no host listens on {@code 0.0.0.0}, and one
     * that is given no port on port 0, for which the system chooses a free one; both have to be
     * allowed as such. A name is compared as it is written, and not looked up.
     *
     * @param addresses the addresses, added to those that were allowed before
     * @return this
     * @throws IllegalArgumentException if one cannot be understood
     */
    public Builder allowListen(String... addresses) {
      Stream.of(addresses).map(AddressRule::parse).forEach(listen::add);
      return this;
    }

    /**
     * Lets scripts connect to UNIX sockets below a folder and listen there; by default nowhere. The
     * folder is resolved now and a script's path when it is used; a link in its last part is
     * refused.
     *
     * @param folder the folder
     * @return this
     * @throws IllegalArgumentException if its path cannot be followed
     */
    public Builder allowUnixSockets(Path folder) {
      unixFolders.add(real(folder));
      return this;
    }

    /**
     * Lets scripts adopt open descriptors of this process, as {@code new net.Stream({fd})} and
     * {@code server.listenFD} do, whoever has opened them; by default none.
     *
     * @return this
     */
    public Builder allowDescriptors() {
      descriptors = true;
      return this;
    }

    /**
     * Lets scripts do what a program of one's own may do: all modules, all files, the environment,
     * all of the network, UNIX sockets, descriptors.
     *
     * @return this
     */
    public Builder allowEverything() {
      everything = true;
      settings.environment = System.getenv();
      return this;
    }

    /**
     * Gives scripts a module that is made in Java, for {@code require(name)} and, in a context of
     * the host's own, for {@code import}. It comes before a core module, or a package, of that
     * name; {@code node:name} still means the core module.
     *
     * <p>Where one of its functions returns a {@link CompletionStage}, the script gets a promise.
     *
     * @param name its name, such as {@code app-config}
     * @param exports what it exports: a {@link Map} of names and values, a proxy of polyglot's, a
     *     {@link Value} of the context, or a Java object, of which scripts may use what the
     *     context's access to Java allows. Each public member is a named export.
     * @return this
     * @throws IllegalArgumentException if there is a module of that name, or the name is none
     */
    public Builder module(String name, Object exports) {
      settings.modules.add(name, Objects.requireNonNull(exports, "exports"));
      return this;
    }

    /**
     * Gives scripts an ES module that is no file. Such modules import each other by name, or
     * relative to their own: {@code ./b.mjs} in {@code app/a.mjs} is {@code app/b.mjs}.
     *
     * @param name its name, such as {@code app/a.mjs}
     * @param source its text
     * @return this
     * @throws IllegalArgumentException if there is a module of that name, or the name is none
     */
    public Builder moduleSource(String name, String source) {
      settings.modules.addSource(name, Objects.requireNonNull(source, "source"));
      return this;
    }

    /**
     * Gives a context of the application's own, in {@link #install}, the global names that a host's
     * own has: timers, {@code console}, {@code Buffer}, {@code URL}, {@code TextEncoder}, {@code
     * process} and so on. What the context had by these names is replaced; all else stays.
     *
     * @return this
     */
    public Builder globals() {
      settings.globals = true;
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
    HostSettings settings() {
      return settings;
    }

    /**
     * Makes the host, with a context of its own.
     *
     * @return a host that has run nothing yet
     */
    public Host build() {
      HostSettings settings = gathered();
      ScriptFiles fileSystem = new ScriptFiles(settings);
      Context context = ScriptFiles.build(() -> contextBuilder(fileSystem));
      Host host = new Host(loop.get(), context, fileSystem, settings);
      host.defineRequire();
      return host;
    }

    private Context.Builder contextBuilder(ScriptFiles fileSystem) {
      Context.Builder builder =
          Context.newBuilder("js")
              .allowHostAccess(hostAccess)
              .allowExperimentalOptions(true)
              .option("js.unhandled-rejections", "handler")
              .option("js.async-context", "true")
              .option("js.stack-trace-api", "true")
              .allowIO(IOAccess.newBuilder().fileSystem(fileSystem).build());
      return engine != null
          ? builder.engine(engine)
          : builder.option("engine.WarnInterpreterOnly", "false");
    }

    /**
     * Adds {@code require} to a context that the application made itself, as {@link
     * Host#install(Context, Loop)} does, with what this builder allows.
     *
     * @param context where to add it
     * @return the host of that context
     */
    public Host install(Context context) {
      Host host = new Host(loop.get(), context, null, gathered());
      host.defineRequire();
      return host;
    }

    /** The settings of one host: what is set or run later changes no other one. */
    private HostSettings gathered() {
      HostSettings copy = settings.copy();
      copy.permissions =
          new Permissions(
              Set.copyOf(modules),
              files,
              everything,
              new NetworkAccess(
                  List.copyOf(connect),
                  List.copyOf(listen),
                  List.copyOf(unixFolders),
                  descriptors,
                  everything));
      return copy;
    }
  }
}
