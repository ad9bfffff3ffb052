package evented.net;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the {@link ErrorCode} behind an exception of the JDK or of a native transport (semantics
 * S9, C2, C11), along its causes.
 *
 * <p>What is certain anywhere in the chain wins over a guess at its top: a number, then a text of
 * the C library, then the kind of exception. Only then does a kind count that says little (a closed
 * channel, a connect that failed in words we do not know).
 */
final class ExceptionCodes {
  /** Deep enough for any real chain, and an end for one that runs in a circle. */
  private static final int MAX_CAUSES = 16;

  /**
   * What native transports write: {@code "connect(..) failed with error(-111): Connection ..."}.
   */
  private static final String NATIVE_ERROR = "error(-";

  private ExceptionCodes() {}

  static @Nullable ErrorCode codeOf(Throwable thrown) {
    ErrorCode certain = first(thrown, ExceptionCodes::certain);
    return certain != null ? certain : first(thrown, ExceptionCodes::guess);
  }

  private static @Nullable ErrorCode first(
      Throwable thrown, Function<Throwable, @Nullable ErrorCode> rule) {
    Throwable t = thrown;
    for (int i = 0; t != null && i < MAX_CAUSES; i++) {
      ErrorCode code = rule.apply(t);
      if (code != null) {
        return code;
      }
      t = t.getCause();
    }
    return null;
  }

  private static @Nullable ErrorCode certain(Throwable t) {
    if (t instanceof UnknownHostException) {
      return isTemporary(t) ? ErrorCode.EAI_AGAIN : ErrorCode.ENOTFOUND;
    }
    // Others may use the same words: a TLS alert, or an exception of the application.
    boolean speaksOfErrno = t instanceof IOException && !(t instanceof SSLException);
    if (speaksOfErrno && t.getMessage() != null) {
      ErrorCode code = ofNativeError(t.getMessage());
      code = code != null ? code : ErrorCode.ofText(t.getMessage());
      if (code != null) {
        return code;
      }
    }
    return ofKind(t);
  }

  private static boolean isTemporary(Throwable t) {
    return t.getMessage() != null && t.getMessage().contains(ErrorCode.EAI_AGAIN.text());
  }

  private static @Nullable ErrorCode ofNativeError(String message) {
    int digits = message.indexOf(NATIVE_ERROR);
    if (digits < 0) {
      return null;
    }
    digits += NATIVE_ERROR.length();
    int end = message.indexOf(')', digits);
    try {
      ErrorCode code =
          ErrorCode.ofErrno(Integer.parseInt(message, digits, Math.max(end, digits), 10));
      return code == ErrorCode.UNKNOWN ? null : code; // the text behind may still be known
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable ErrorCode ofKind(Throwable t) {
    if (t instanceof UnresolvedAddressException) {
      return ErrorCode.ENOTFOUND;
    } else if (t instanceof NoRouteToHostException) {
      return ErrorCode.EHOSTUNREACH;
    } else if (t instanceof PortUnreachableException) {
      return ErrorCode.ECONNREFUSED;
    } else if (t instanceof SocketTimeoutException) {
      return ErrorCode.ETIMEDOUT;
    } else if (t instanceof NoSuchFileException || t instanceof FileNotFoundException) {
      return ErrorCode.ENOENT;
    } else if (t instanceof AccessDeniedException) {
      return ErrorCode.EACCES;
    } else if (t instanceof FileAlreadyExistsException) {
      return ErrorCode.EEXIST;
    } else if (t instanceof NotDirectoryException) {
      return ErrorCode.ENOTDIR;
    } else if (t instanceof FileSystemLoopException) {
      return ErrorCode.ELOOP;
    } else if (t instanceof NotYetConnectedException) {
      return ErrorCode.ENOTCONN;
    } else if (t instanceof AlreadyConnectedException) {
      return ErrorCode.EISCONN;
    } else if (t instanceof ConnectionPendingException) {
      return ErrorCode.EALREADY;
    } else if (t instanceof UnsupportedAddressTypeException) {
      return ErrorCode.EAFNOSUPPORT;
    }
    return null;
  }

  private static @Nullable ErrorCode guess(Throwable t) {
    if (t instanceof ConnectException) {
      boolean timeout = t.getMessage() != null && t.getMessage().contains("timed out");
      return timeout ? ErrorCode.ETIMEDOUT : ErrorCode.ECONNREFUSED;
    } else if (t instanceof BindException) {
      return ErrorCode.EADDRINUSE;
    } else if (t instanceof ClosedChannelException) {
      return ErrorCode.EPIPE;
    }
    return null;
  }
}
