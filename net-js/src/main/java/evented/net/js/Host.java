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
import java.util.ArrayList;
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
 * <p><b>What a script may reach</b> is for the program to say. By default these are the modules
 * that only compute, and {@code net} without any address to connect to or to listen on ({@link
 * Builder#allowConnect}, {@link Builder#allowListen}), and neither files, UNIX sockets, descriptors
 * nor Java objects, other than those that it is handed. An exception that nothing catches goes to
 * {@link Builder#onUncaughtError}, and the stream whose listener threw it is destroyed.
 */
public final class Host implements AutoCloseable {
  private static final Logger LOGGER = System.getLogger("evented.net.js");

  private final Loop loop;
  private final Context context;
  private final CompletableFuture<Integer> exited = new CompletableFuture<>();
  private final CompletableFuture<Script> script = new CompletableFuture<>();
  private final Settings settings;
  private final HostEnding ending;
  private volatile @Nullable Thread loopThread;

  private Host(Loop loop, Context context, boolean ownContext, Settings settings) {
    this.loop = loop;
    this.context = context;
    this.settings = settings;
    this.ending = new HostEnding(ownContext ? context : null);
    if (settings.onExit == Settings.NONE) {
      settings.onExit = this::exited;
    }
    onLoop(
        () -> {
          ending.checkRunning();
          Script made = new Script(loop, context, settings);
          if (ownContext) {
            made.inner("globals").executeVoid();
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
   * Builder#install} installs with more. They get no other global name than {@code require}; {@link
   * #stop} leaves the context open.
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
                    .content(Files.readString(settings.main) + Script.NO_VALUE)
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
      ending.loopLeft();
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

  /** What a {@link Builder} has gathered. */
  static final class Settings {
    static final IntConsumer NONE = code -> {};

    Permissions permissions =
        new Permissions(Permissions.DEFAULT_MODULES, file -> false, false, NetworkAccess.NONE);
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
              .option("js.async-context", "true")
              .option("js.stack-trace-api", "true")
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

    /**
     * Adds {@code require} to a context that the application made itself, as {@link
     * Host#install(Context, Loop)} does, with what this builder allows.
     *
     * @param context where to add it
     * @return the host of that context
     */
    public Host install(Context context) {
      Host host = new Host(loop.get(), context, false, gathered());
      host.defineRequire();
      return host;
    }

    /** The settings of one host: what is set or run later changes no other one. */
    private Settings gathered() {
      Settings copy = settings.copy();
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
