package evented.net.js;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.graalvm.polyglot.proxy.ProxyObject;

/** What process.js, console.js, buffer.js, os.js and crypto.js ask for. */
final class ProcessBinding {
  private final Script script;
  private final HostSettings settings;
  private final long startedAt = System.nanoTime();
  private final Map<String, Signals.Hearing> signals = new HashMap<>();

  ProcessBinding(Script script, HostSettings settings) {
    this.script = script;
    this.settings = settings;
  }

  void addTo(Binding binding) {
    binding.add("processFacts", a -> processFacts());
    binding.add("systemFacts", a -> systemFacts());
    binding.add("hostName", a -> hostName());
    binding.add("networkInterfaces", a -> networkInterfaces());
    binding.add("memory", a -> memory());
    binding.add("processUsage", a -> SystemFacts.usage());
    binding.add(
        "processIds",
        a -> {
          script.permissions().checkModule("os");
          return SystemFacts.ids();
        });
    binding.add("activeResources", a -> Addresses.list(script.activeResources().toArray()));
    binding.add("nanoTime", a -> System.nanoTime() - startedAt);
    binding.addVoid("write", a -> write(a[0].asInt(), a[1].asString()));
    binding.addVoid("writeBytes", a -> output(a[0].asInt()).write(Bytes.fromScript(a, 1)));
    binding.add("isTerminal", a -> settings.terminals.indexOf('0' + a[0].asInt()) >= 0);
    StandardInput input = new StandardInput(script, settings.input);
    binding.addVoid("readInput", a -> input.read(a[0]));
    binding.addVoid("referenceInput", a -> input.reference(a[0].asBoolean()));
    binding.add("hearSignal", a -> hearSignal(a[0].asString(), a[1]));
    binding.addVoid("unhearSignal", a -> unhearSignal(a[0].asString()));
    binding.add("kill", a -> kill(a[0].asLong(), a[1].asString()));
    addText(binding);
  }

  private void addText(Binding binding) {
    binding.add("encode", a -> script.bytes().toScript(encode(a[0].asString(), a[1].asString())));
    binding.add("decode", this::decode);
    binding.add("utf8Length", a -> a[0].asString().getBytes(StandardCharsets.UTF_8).length);
    binding.add(
        "randomBytes",
        a -> {
          byte[] bytes = new byte[a[0].asInt()];
          new SecureRandom().nextBytes(bytes);
          return script.bytes().toScript(bytes);
        });
  }

  private static byte[] encode(String text, String encoding) {
    return switch (encoding) {
      case "utf8" -> text.getBytes(StandardCharsets.UTF_8);
      default -> evented.net.Buffer.of(text, evented.net.Encoding.of(encoding)).toByteArray();
    };
  }

  private String decode(Value[] arguments) {
    byte[] bytes = Bytes.fromScript(arguments, 0);
    String encoding = arguments[3].asString();
    return encoding.equals("utf8")
        ? new String(bytes, StandardCharsets.UTF_8)
        : evented.net.Buffer.of(bytes).toString(evented.net.Encoding.of(encoding));
  }

  // Facts.

  private ProxyObject processFacts() {
    Map<String, Object> facts = new HashMap<>();
    facts.put("argv", Addresses.list((Object[]) settings.arguments));
    facts.put("execArgv", Addresses.list(settings.options.toArray()));
    facts.put("env", environment());
    facts.put("execPath", settings.arguments.length == 0 ? "evented" : settings.arguments[0]);
    facts.put("pid", ProcessHandle.current().pid());
    facts.put("ppid", ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L));
    facts.put("platform", platform());
    facts.put("arch", architecture());
    facts.put("version", Versions.NODE);
    facts.put("evented", Versions.EVENTED);
    facts.put("graaljs", script.context().getEngine().getVersion());
    facts.put("java", System.getProperty("java.version", ""));
    facts.put("cwd", System.getProperty("user.dir", "/"));
    facts.put("startedAt", 0);
    return ProxyObject.fromMap(facts);
  }

  private ProxyArray environment() {
    List<Object> entries = new ArrayList<>();
    settings.environment.forEach((name, value) -> entries.add(Addresses.list(name, value)));
    return ProxyArray.fromList(entries);
  }

  private static String platform() {
    String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    return name.startsWith("mac") ? "darwin" : name.startsWith("windows") ? "win32" : name;
  }

  private static String architecture() {
    String name = System.getProperty("os.arch", "");
    return switch (name) {
      case "amd64", "x86_64" -> "x64";
      case "aarch64" -> "arm64";
      default -> name;
    };
  }

  private ProxyObject systemFacts() {
    script.permissions().checkModule("os");
    Map<String, Object> facts = new HashMap<>();
    facts.put("platform", platform());
    facts.put("arch", architecture());
    facts.put("type", System.getProperty("os.name", ""));
    facts.put("release", System.getProperty("os.version", ""));
    facts.put("tmpdir", System.getProperty("java.io.tmpdir", "/tmp"));
    facts.put("home", System.getProperty("user.home", "/"));
    facts.put("user", System.getProperty("user.name", ""));
    facts.put("endianness", ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? "BE" : "LE");
    facts.put("processors", Runtime.getRuntime().availableProcessors());
    return ProxyObject.fromMap(facts);
  }

  private static ProxyArray memory() {
    Runtime runtime = Runtime.getRuntime();
    long used = runtime.totalMemory() - runtime.freeMemory();
    return Addresses.list(
        runtime.totalMemory(), used, runtime.maxMemory(), runtime.maxMemory() - used);
  }

  private String hostName() throws IOException {
    script.permissions().checkModule("os");
    return InetAddress.getLocalHost().getHostName();
  }

  private ProxyArray networkInterfaces() throws IOException {
    script.permissions().checkModule("os");
    List<Object> rows = new ArrayList<>();
    for (NetworkInterface found : NetworkInterface.networkInterfaces().toList()) {
      for (InterfaceAddress address : found.getInterfaceAddresses()) {
        String text = IpText.of(address.getAddress());
        rows.add(
            Addresses.list(
                found.getName(),
                text,
                text.indexOf(':') >= 0 ? "IPv6" : "IPv4",
                found.isLoopback(),
                (int) address.getNetworkPrefixLength(),
                hardwareAddress(found)));
      }
    }
    return ProxyArray.fromList(rows);
  }

  private static String hardwareAddress(NetworkInterface found) throws IOException {
    byte[] address = found.getHardwareAddress();
    return HexFormat.ofDelimiter(":").formatHex(address == null ? new byte[6] : address);
  }

  // Input and output.

  private OutputStream output(int descriptor) {
    return descriptor == 2 ? settings.error : settings.output;
  }

  private void write(int descriptor, String text) throws IOException {
    OutputStream out = output(descriptor);
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  // Signals.

  private boolean hearSignal(String name, Value callback) {
    if (!settings.signals) {
      return false;
    }
    Signals.Hearing hearing =
        Signals.hear(name, () -> script.loop().execute(() -> script.call(callback, name)));
    if (hearing != null) {
      signals.put(name, hearing);
    }
    return hearing != null;
  }

  private void unhearSignal(String name) {
    Signals.Hearing hearing = signals.remove(name);
    if (hearing != null) {
      hearing.stop();
    }
  }

  private boolean kill(long pid, String signal) throws IOException {
    if (!settings.signals) {
      throw new Permissions.AccessDeniedError(
          "This script may not send signals: its host does not allow that");
    }
    if (pid == ProcessHandle.current().pid()) {
      if (!signal.equals("0")) {
        Signals.raise(signal);
      }
      return true;
    }
    return Signals.send(pid, signal);
  }
}
