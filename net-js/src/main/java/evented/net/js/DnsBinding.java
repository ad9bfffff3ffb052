package evented.net.js;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import java.util.regex.Pattern;
import javax.naming.CommunicationException;
import javax.naming.ConfigurationException;
import javax.naming.Context;
import javax.naming.InvalidNameException;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.OperationNotSupportedException;
import javax.naming.ServiceUnavailableException;
import javax.naming.directory.Attribute;
import javax.naming.directory.Attributes;
import javax.naming.directory.InitialDirContext;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.jspecify.annotations.Nullable;

/** What dns-resolver.js asks for: records by the JDK's own DNS client. */
final class DnsBinding {
  private static final Path SERVERS = Path.of("/etc/resolv.conf");
  private static final Path SERVICES = Path.of("/etc/services");

  /** What no host's name holds, and what JNDI would read more into. */
  private static final Pattern NO_NAME = Pattern.compile("[:/\"'\\\\\\s]");

  private final Script script;

  DnsBinding(Script script) {
    this.script = script;
  }

  void addTo(Binding binding) {
    binding.add("dnsServers", a -> ProxyArray.fromList(servers()));
    binding.addVoid("dnsQuery", this::query);
    binding.addVoid("serviceNames", this::serviceNames);
  }

  /**
   * The servers that the system asks, as its file names them; none where the JDK finds them itself.
   */
  private List<Object> servers() throws IOException {
    script.permissions().checkModule("dns");
    List<Object> servers = new ArrayList<>();
    if (Files.isReadable(SERVERS)) {
      for (String line : Files.readAllLines(SERVERS, StandardCharsets.ISO_8859_1)) {
        String[] words = line.trim().split("\\s+", -1);
        if (words.length > 1 && words[0].equals("nameserver")) {
          servers.add(words[1]);
        }
      }
    }
    return servers;
  }

  /** Asks for records: callback, name, types, servers by their URLs, milliseconds, tries. */
  @SuppressWarnings("JdkObsolete") // JNDI asks for a Hashtable
  private void query(Value[] arguments) {
    Permissions permissions = script.permissions();
    permissions.checkModule("dns");
    String name = arguments[1].asString();
    String[] types = arguments[2].asString().split(",", -1);
    String servers = arguments[3].asString();
    if (!servers.isEmpty()) {
      for (String server : servers.split(" ", -1)) {
        // A server of the script's own choice is a peer like any other.
        URI uri = URI.create(server);
        String host = uri.getHost().replaceAll("[\\[\\]]", "");
        permissions.network().checkConnect(uri.getPort(), host);
      }
    }
    Hashtable<String, String> environment = new Hashtable<>();
    environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
    environment.put(Context.PROVIDER_URL, servers.isEmpty() ? "dns:" : servers);
    environment.put("com.sun.jndi.dns.timeout.initial", String.valueOf(arguments[4].asInt()));
    environment.put("com.sun.jndi.dns.timeout.retries", String.valueOf(arguments[5].asInt()));
    Work.start(script, arguments[0], () -> ProxyArray.fromList(records(environment, name, types)));
  }

  /**
   * The records, each as its type and its text.
   *
   * <p>JNDI is safe here: its provider is fixed, that of DNS makes no objects, and a name that
   * could be taken for the URL of another one is refused.
   */
  @SuppressWarnings("BanJNDI")
  private static List<Object> records(
      Hashtable<String, String> environment, String name, String[] types) throws IOException {
    if (NO_NAME.matcher(name).find()) {
      throw new QueryException("EBADNAME", new InvalidNameException(name));
    }
    List<Object> found = new ArrayList<>();
    try {
      InitialDirContext context = new InitialDirContext(environment);
      try {
        Attributes all = context.getAttributes("\"" + name + "\"", types);
        for (Attribute attribute : Collections.list(all.getAll())) {
          for (Object value : Collections.list(attribute.getAll())) {
            String text =
                value instanceof byte[] bytes
                    ? Base64.getEncoder().encodeToString(bytes)
                    : String.valueOf(value);
            found.add(ProxyArray.fromArray(attribute.getID(), text));
          }
        }
      } finally {
        context.close();
      }
    } catch (NamingException e) {
      throw new QueryException(code(e), e);
    }
    return found;
  }

  /** The code of c-ares for what went wrong. */
  private static String code(NamingException failure) {
    Throwable cause = failure.getRootCause();
    if (failure instanceof NameNotFoundException) {
      return "ENOTFOUND";
    } else if (failure instanceof CommunicationException) {
      return cause instanceof ConnectException || isRefused(cause) ? "ECONNREFUSED" : "ETIMEOUT";
    } else if (failure instanceof ServiceUnavailableException) {
      return "ESERVFAIL";
    } else if (failure instanceof InvalidNameException) {
      return "EBADNAME";
    } else if (failure instanceof ConfigurationException) {
      return "ECONNREFUSED";
    } else if (failure instanceof OperationNotSupportedException) {
      return String.valueOf(failure.getMessage()).contains("code 4") ? "ENOTIMP" : "EREFUSED";
    }
    return "EBADRESP";
  }

  private static boolean isRefused(@Nullable Throwable cause) {
    return cause != null && String.valueOf(cause.getMessage()).contains("refused");
  }

  /** The host's name of an address, and the name of a port: callback, address, port. */
  private void serviceNames(Value[] arguments) {
    script.permissions().checkModule("dns");
    String address = arguments[1].asString();
    int port = arguments[2].asInt();
    Work.start(
        script,
        arguments[0],
        () -> {
          String host =
              InetAddress.getByName(address).getHostName(); // a literal: none is looked up
          return ProxyArray.fromArray(host, service(port));
        });
  }

  private static String service(int port) throws IOException {
    if (Files.isReadable(SERVICES)) {
      for (String line : Files.readAllLines(SERVICES, StandardCharsets.ISO_8859_1)) {
        String[] words = line.trim().split("\\s+", -1);
        if (words.length > 1 && words[1].equals(port + "/tcp")) {
          return words[0];
        }
      }
    }
    return String.valueOf(port);
  }

  /** A question that was not answered; its message is the code. */
  static final class QueryException extends IOException {
    private static final long serialVersionUID = 1L;

    QueryException(String code, Throwable cause) {
      super(code, cause);
    }
  }
}
