package evented.net;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one table of error codes: each with its {@code errno} on Linux and on macOS, and its text.
 *
 * <p>The text is that of glibc's {@code strerror}; the others behind it are how macOS, musl or the
 * JDK say the same. The texts matter because many of the JDK's exceptions carry nothing else.
 */
enum ErrorCode {
  EPERM(1, 1, "Operation not permitted"),
  ENOENT(2, 2, "No such file or directory"),
  EIO(5, 5, "Input/output error", "I/O error"),
  EBADF(9, 9, "Bad file descriptor"),
  EAGAIN(11, 35, "Resource temporarily unavailable"),
  ENOMEM(12, 12, "Cannot allocate memory", "Out of memory"),
  EACCES(13, 13, "Permission denied"),
  EEXIST(17, 17, "File exists"),
  ENOTDIR(20, 20, "Not a directory"),
  EISDIR(21, 21, "Is a directory"),
  EINVAL(22, 22, "Invalid argument"),
  ENFILE(23, 23, "Too many open files in system"),
  EMFILE(24, 24, "Too many open files", "No file descriptors available"),
  ENOSPC(28, 28, "No space left on device"),
  EROFS(30, 30, "Read-only file system"),
  EPIPE(32, 32, "Broken pipe"),
  ENAMETOOLONG(36, 63, "File name too long", "Filename too long", "path too long"),
  ELOOP(40, 62, "Too many levels of symbolic links", "Symbolic link loop"),
  EPROTO(71, 100, "Protocol error"),
  ENOTSOCK(88, 38, "Socket operation on non-socket", "Not a socket"),
  EPROTOTYPE(91, 41, "Protocol wrong type for socket"),
  EOPNOTSUPP(95, 102, "Operation not supported", "Not supported"),
  EAFNOSUPPORT(97, 47, "Address family not supported by protocol"),
  EADDRINUSE(98, 48, "Address already in use", "Address in use"),
  EADDRNOTAVAIL(
      99,
      49,
      "Cannot assign requested address",
      "Can't assign requested address",
      "Address not available"),
  ENETDOWN(100, 50, "Network is down"),
  ENETUNREACH(101, 51, "Network is unreachable", "Network unreachable"),
  ECONNABORTED(103, 53, "Software caused connection abort", "Connection aborted"),
  ECONNRESET(104, 54, "Connection reset by peer", "Connection reset"),
  ENOBUFS(105, 55, "No buffer space available"),
  EISCONN(106, 56, "Transport endpoint is already connected", "Socket is already connected"),
  ENOTCONN(107, 57, "Transport endpoint is not connected", "Socket is not connected"),
  ETIMEDOUT(110, 60, "Connection timed out", "Operation timed out"),
  ECONNREFUSED(111, 61, "Connection refused"),
  EHOSTDOWN(112, 64, "Host is down"),
  EHOSTUNREACH(113, 65, "No route to host", "Host is unreachable"),
  EALREADY(114, 37, "Operation already in progress"),
  ECANCELED(125, 89, "Operation canceled", "Operation cancelled"),

  /** The resolver knows no such host. Not an errno. */
  ENOTFOUND("Name or service not known"),

  /** The resolver found nobody to ask; trying again may help. Not an errno. */
  EAI_AGAIN("Temporary failure in name resolution"),

  /** An errno that is not in this table. */
  UNKNOWN("Unknown error");

  /** In place of an errno where there is none. */
  static final int NO_ERRNO = 0;

  private static final boolean MACOS = System.getProperty("os.name", "").startsWith("Mac");
  private static final Map<Integer, ErrorCode> BY_ERRNO = new HashMap<>();

  static {
    for (ErrorCode code : values()) {
      BY_ERRNO.put(code.errno(), code);
    }
    BY_ERRNO.remove(NO_ERRNO);
  }

  private final int linuxErrno;
  private final int macosErrno;
  private final String text;

  @SuppressWarnings("ImmutableEnumChecker") // List.of makes one that does not change
  private final List<String> otherTexts;

  ErrorCode(String text) {
    this(NO_ERRNO, NO_ERRNO, text);
  }

  ErrorCode(int linuxErrno, int macosErrno, String text, String... otherTexts) {
    this.linuxErrno = linuxErrno;
    this.macosErrno = macosErrno;
    this.text = text;
    this.otherTexts = List.of(otherTexts);
  }

  /**
   * Returns the code of a (positive) errno of this platform, {@link #UNKNOWN} for a strange one.
   */
  static ErrorCode ofErrno(int errno) {
    return BY_ERRNO.getOrDefault(errno, UNKNOWN);
  }

  /** Returns what an exception of the JDK or of the transport tells; null if it tells no code. */
  static @Nullable ErrorCode of(Throwable thrown) {
    return ExceptionCodes.codeOf(thrown);
  }

  /**
   * Returns the code whose text occurs in {@code message}; null if none does. Of several the
   * longest text counts, so that "Too many open files in system" is not taken for "Too many open
   * files".
   */
  static @Nullable ErrorCode ofText(String message) {
    ErrorCode found = null;
    int longest = 0;
    for (ErrorCode code : values()) {
      int length = code.lengthOfTextIn(message);
      if (length > longest) {
        found = code;
        longest = length;
      }
    }
    return found;
  }

  private int lengthOfTextIn(String message) {
    int length = message.contains(text) ? text.length() : 0;
    for (String other : otherTexts) {
      if (message.contains(other)) {
        length = Math.max(length, other.length());
      }
    }
    return length;
  }

  /** Returns the errno on this platform, {@link #NO_ERRNO} if there is none. */
  int errno() {
    return MACOS ? macosErrno : linuxErrno;
  }

  /** Returns the text for people, e.g. {@code Connection refused}. */
  String text() {
    return text;
  }
}
