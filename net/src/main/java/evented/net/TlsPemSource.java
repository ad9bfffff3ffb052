package evented.net;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * PEM text together with what to call it when something is wrong with it.
 *
 * @param name which input it is, such as {@code key} or {@code cert (server.pem)}
 * @param text the PEM text
 */
record TlsPemSource(String name, String text) {
  static TlsPemSource text(String name, String pem) {
    Objects.requireNonNull(pem, name);
    return new TlsPemSource(name, pem);
  }

  static TlsPemSource file(String name, Path file) {
    Objects.requireNonNull(file, name);
    String fullName = name + " (" + file + ")";
    try {
      // Latin-1 takes any byte, so that a binary file is told by its missing PEM lines.
      return new TlsPemSource(fullName, Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(fullName + ": there is no such file", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(fullName + " cannot be read: " + e, e);
    }
  }

  PemProblem problem(String what) {
    return new PemProblem(name + " " + what, null);
  }

  PemProblem problem(String what, Throwable cause) {
    return new PemProblem(name + " " + what, cause);
  }

  /** What is wrong with an input, said in full. */
  static final class PemProblem extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private PemProblem(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
