import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Holds the tables of THIRD-PARTY.md to the bills of materials that {@code mvn package} has made.
 *
 * <p>{@code java .ci/ThirdParty.java} writes the tables anew; with {@code --check} it fails if that would change
 * the file.
 */
public final class ThirdParty {
  private static final Path FILE = Path.of("THIRD-PARTY.md");

  /** Groups whose licence the list of components gets wrong: it goes by a name where the address in the POM says more. */
  private static final Map<String, String> CORRECTED = Map.of("org.jline", "BSD-3-Clause");

  private ThirdParty() {}

  public static void main(String[] arguments) throws Exception {
    Map<String, String> inside = new TreeMap<>();
    Map<String, String> beside = new TreeMap<>();
    Map<String, String> optional = new TreeMap<>();
    for (String module : List.of("net", "net-js")) {
      for (Element component : components(Path.of(module, "target", "bom.xml"))) {
        String purl = text(component, "purl");
        if (purl.startsWith("pkg:maven/dev.evented/")) {
          continue;
        }
        String row = row(component);
        if (purl.startsWith("pkg:npm/")) {
          inside.put(purl, row);
        } else if (module.equals("net-js") && text(component, "scope").equals("required")) {
          beside.put(name(component), row);
        } else {
          optional.put(name(component), row);
        }
      }
    }
    optional.keySet().removeAll(beside.keySet());
    String before = Files.readString(FILE);
    String after = before;
    after = replace(after, "inside", inside);
    after = replace(after, "beside", beside);
    after = replace(after, "optional", optional);
    if (after.equals(before)) {
      System.out.println(FILE + " is current.");
    } else if (List.of(arguments).contains("--check")) {
      System.err.println(FILE + " is not current: run mvn package -DskipTests, then java .ci/ThirdParty.java");
      System.exit(1);
    } else {
      Files.writeString(FILE, after);
    }
  }

  private static List<Element> components(Path bom) throws Exception {
    Element root =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(bom.toFile()).getDocumentElement();
    return children(child(root, "components"), "component");
  }

  private static String name(Element component) {
    String group = text(component, "group");
    return (group.isEmpty() ? "" : group + ":") + text(component, "name");
  }

  private static String row(Element component) {
    List<String> licences = new ArrayList<>();
    for (Element licence : children(child(component, "licenses"), "license")) {
      String id = text(licence, "id");
      licences.add(id.isEmpty() ? text(licence, "name") : id);
    }
    String listed = licences.isEmpty() ? "none named" : String.join(", ", licences);
    String names = CORRECTED.getOrDefault(text(component, "group"), listed);
    return "| " + name(component) + " | " + text(component, "version") + " | " + names + " |";
  }

  /** Puts a table between the marks of that name. */
  private static String replace(String text, String table, Map<String, String> rows) {
    String begin = "<!-- " + table + " -->\n";
    int from = text.indexOf(begin) + begin.length();
    int to = text.indexOf("<!-- end -->", from);
    if (from < begin.length() || to < 0) {
      throw new IllegalStateException(FILE + " has no place for the table \"" + table + "\"");
    }
    String head = "| package | version | licence |\n| --- | --- | --- |\n";
    return text.substring(0, from) + head + String.join("\n", rows.values()) + "\n" + text.substring(to);
  }

  private static String text(Element parent, String name) {
    List<Element> found = children(parent, name);
    return found.isEmpty() ? "" : found.get(0).getTextContent();
  }

  private static Element child(Element parent, String name) {
    return children(parent, name).get(0);
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        found.add(element);
      }
    }
    return found;
  }
}
