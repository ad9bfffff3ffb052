package evented.net.js;

import org.graalvm.polyglot.Value;

/** What types.js asks for: what the engine knows of a value, and a script cannot ask. */
final class InspectBinding {
  private InspectBinding() {}

  static void addTo(Binding binding) {
    binding.add("kindOf", a -> kind(a[0]));
    binding.add("textOf", a -> a[0].toString());
  }

  /** The name by which the engine knows a value's kind, if that is not a script's own. */
  private static String kind(Value value) {
    Value kind = value.getMetaObject();
    return kind != null && !kind.canExecute() && kind.isMetaObject()
        ? kind.getMetaSimpleName()
        : "";
  }
}
