package evented.net.js;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.graalvm.polyglot.proxy.Proxy;
import org.jspecify.annotations.Nullable;

/** Compresses or expands what comes in pieces, by the JDK's zlib. A proxy without members. */
final class ZlibStream implements Proxy {
  /** Of zlib's flush modes. */
  private static final int FULL_FLUSH = 3;

  private static final int FINISH = 4;

  /** The first two bytes of a gzip member, lowest first (RFC 1952). */
  private static final int GZIP_MAGIC = 0x8b1f;

  private static final int TRAILER = 8;
  private static final int MAX_WINDOW_BITS = 15;

  /** What surrounds the compressed bytes, and which way it goes. */
  enum Format {
    DEFLATE,
    INFLATE,
    GZIP,
    GUNZIP,
    DEFLATERAW,
    INFLATERAW,
    UNZIP;

    boolean compresses() {
      return this == DEFLATE || this == GZIP || this == DEFLATERAW;
    }
  }

  /** Why it cannot go on: zlib's code, and its words. */
  record Failure(String code, String message) {}

  private final Format format;
  private final byte @Nullable [] dictionary;
  private final byte[] chunk = new byte[16 * 1024];
  private final CRC32 crc = new CRC32();

  private int level;
  private int strategy;
  private @Nullable Deflater deflater;
  private @Nullable Inflater inflater;

  /** What was given and not understood yet: a header or a trailer that is not whole. */
  private byte[] pending = new byte[0];

  private boolean headerDone; // of the present gzip member
  private boolean gzip; // whether what comes in is such members
  private boolean ended;
  private int members;
  private long size; // of the present gzip member's text
  private int used;
  private @Nullable Failure failure;

  /** Of the bytes that a match may reach back, as a power of two; 0 for what the header says. */
  private final int windowBits;

  private int inWindow; // bytes compressed since nothing before them could be referred to
  private boolean finishing;
  private boolean checked; // whether the header of what comes in fits the window

  ZlibStream(Format format, int level, int strategy, int windowBits, byte @Nullable [] dictionary) {
    this.format = format;
    this.windowBits = format.compresses() ? Math.max(9, windowBits) : windowBits;
    this.level = level;
    this.strategy = strategy;
    this.dictionary = dictionary;
    start();
  }

  private void start() {
    gzip = format == Format.GUNZIP;
    checked = format != Format.INFLATE;
    if (format.compresses()) {
      deflater = new Deflater(level, format != Format.DEFLATE);
      deflater.setStrategy(strategy);
      if (dictionary != null && format != Format.GZIP) {
        deflater.setDictionary(dictionary);
      }
    } else if (format != Format.UNZIP) {
      startInflater(format != Format.INFLATE);
    }
  }

  private void startInflater(boolean raw) {
    inflater = new Inflater(raw);
    if (raw && dictionary != null) {
      inflater.setDictionary(dictionary);
    }
  }

  /** How many bytes of the last input were used: what lies behind the end is not. */
  int used() {
    return used;
  }

  boolean isEnded() {
    return ended;
  }

  @Nullable Failure failure() {
    return failure;
  }

  void params(int newLevel, int newStrategy) {
    level = newLevel;
    strategy = newStrategy;
    if (deflater != null) {
      deflater.setLevel(newLevel);
      deflater.setStrategy(newStrategy);
    }
  }

  /** Begins anew. */
  void reset() {
    close();
    crc.reset();
    pending = new byte[0];
    headerDone = false;
    inWindow = 0;
    finishing = false;
    ended = false;
    members = 0;
    size = 0;
    failure = null;
    start();
  }

  /** Frees what the JDK holds outside of the heap. */
  void close() {
    if (deflater != null) {
      deflater.end();
      deflater = null;
    }
    if (inflater != null) {
      inflater.end();
      inflater = null;
    }
  }

  /**
   * Takes a piece.
   *
   * @param flush zlib's flush mode
   * @param limit the most that may come out of it; more is a failure
   */
  byte[] write(byte[] input, int flush, long limit) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    used = input.length;
    if (format.compresses()) {
      compress(input, flush, limit, out);
    } else {
      expand(input, flush, limit, out);
    }
    return out.toByteArray();
  }

  private boolean isOver(long limit, ByteArrayOutputStream out) {
    if (out.size() <= limit) {
      return false;
    }
    failure = new Failure("ERR_BUFFER_TOO_LARGE", String.valueOf(limit));
    return true;
  }

  private void compress(byte[] input, int flush, long limit, ByteArrayOutputStream out) {
    Deflater engine = deflater;
    if (engine == null || ended) {
      return;
    }
    if (format == Format.GZIP && !headerDone) {
      headerDone = true;
      byte hint = (byte) (level == 9 ? 2 : level == 1 ? 4 : 0);
      out.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, hint, 3});
    }
    int before = out.size();
    boolean isFirst = format == Format.DEFLATE && !headerDone;
    crc.update(input);
    size += input.length;
    int at = 0;
    if (windowBits < MAX_WINDOW_BITS) {
      // The JDK's zlib knows the largest window only. What a flush forgets is out of reach.
      int window = 1 << windowBits;
      while (input.length - at > window - inWindow) {
        int count = window - inWindow;
        run(engine, input, at, count, Deflater.FULL_FLUSH, limit, out);
        at += count;
        inWindow = 0;
      }
      inWindow += input.length - at;
    }
    if (flush == FINISH) {
      finishing = true;
      engine.finish();
    }
    int mode =
        flush == FULL_FLUSH
            ? Deflater.FULL_FLUSH
            : flush > 0 && flush != FINISH ? Deflater.SYNC_FLUSH : Deflater.NO_FLUSH;
    run(engine, input, at, input.length - at, mode, limit, out);
    if (isFirst && out.size() >= before + 2) {
      headerDone = true;
      tellWindow(out, before);
    }
    if (engine.finished()) {
      ended = true;
      if (format == Format.GZIP) {
        writeNumber(out, crc.getValue());
        writeNumber(out, size);
      }
    }
  }

  private void run(
      Deflater engine,
      byte[] input,
      int at,
      int length,
      int mode,
      long limit,
      ByteArrayOutputStream out) {
    engine.setInput(input, at, length);
    int count;
    do {
      count = engine.deflate(chunk, 0, chunk.length, mode);
      out.write(chunk, 0, count);
      if (isOver(limit, out)) {
        return;
      }
    } while (count == chunk.length
        || !(engine.finished() || (engine.needsInput() && !ends(engine))));
  }

  /** Whether the end is still to come out: after new parameters the JDK asks to be called again. */
  private boolean ends(Deflater engine) {
    return finishing && !engine.finished();
  }

  /** Puts the size of the window into the header of zlib (RFC 1950). */
  private void tellWindow(ByteArrayOutputStream out, int at) {
    if (windowBits == MAX_WINDOW_BITS) {
      return;
    }
    byte[] all = out.toByteArray();
    int method = (windowBits - 8) << 4 | 8;
    int flags = all[at + 1] & 0xe0;
    all[at] = (byte) method;
    all[at + 1] = (byte) (flags + (31 - (method << 8 | flags) % 31) % 31);
    out.reset();
    out.writeBytes(all);
  }

  private static void writeNumber(ByteArrayOutputStream out, long value) {
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      out.write((int) (value >>> shift));
    }
  }

  private void expand(byte[] given, int flush, long limit, ByteArrayOutputStream out) {
    byte[] input = pending.length == 0 ? given : joined(pending, given);
    int before = pending.length;
    pending = new byte[0];
    int at = 0;
    while (failure == null && !ended) {
      if (needsHeader()) {
        int end = header(input, at);
        if (end < 0) {
          break; // not whole yet, or wrong
        }
        at = end;
      }
      Inflater engine = inflater;
      if (engine == null || !fitsWindow(input, at)) {
        break;
      }
      engine.setInput(input, at, input.length - at);
      inflateAll(engine, limit, out);
      at = input.length - engine.getRemaining();
      if (failure != null || !engine.finished()) {
        break;
      }
      int end = trailer(input, at);
      if (end < 0) {
        break;
      }
      at = end;
    }
    used = Math.max(0, at - before);
    if (failure == null && !ended && at < input.length) {
      pending = Arrays.copyOfRange(input, at, input.length);
      used = given.length;
    }
    if (flush == FINISH && members > 0 && !headerDone && pending.length == 0) {
      ended = true; // between two members, of which there is no second one
    }
    if (failure == null && !ended && flush == FINISH) {
      failure = new Failure("Z_BUF_ERROR", "unexpected end of file");
    }
  }

  private boolean needsHeader() {
    return gzip ? !headerDone : format == Format.UNZIP && inflater == null;
  }

  /** Whether the window that the header of zlib asks for is not too large. */
  private boolean fitsWindow(byte[] input, int at) {
    if (checked) {
      return true;
    }
    if (input.length - at < 2) {
      return false;
    }
    checked = true;
    int method = input[at] & 0xff;
    boolean isHeader = (method << 8 | (input[at + 1] & 0xff)) % 31 == 0 && (method & 15) == 8;
    if (windowBits != 0 && isHeader && (method >>> 4) + 8 > windowBits) {
      failure = new Failure("Z_DATA_ERROR", "invalid window size");
      return false;
    }
    return true;
  }

  private void inflateAll(Inflater engine, long limit, ByteArrayOutputStream out) {
    try {
      while (!engine.finished()) {
        int count = engine.inflate(chunk);
        if (count == 0 && engine.needsDictionary()) {
          if (dictionary == null) {
            failure = new Failure("Z_NEED_DICT", "Missing dictionary");
            return;
          }
          engine.setDictionary(dictionary);
          continue;
        }
        crc.update(chunk, 0, count);
        size += count;
        out.write(chunk, 0, count);
        if (isOver(limit, out) || (count == 0 && engine.needsInput())) {
          return;
        }
      }
    } catch (DataFormatException e) {
      String said = e.getMessage();
      failure = new Failure("Z_DATA_ERROR", said == null ? "invalid input" : said);
    } catch (IllegalArgumentException e) {
      failure = new Failure("Z_NEED_DICT", "Bad dictionary");
    }
  }

  /** The end of the header at {@code at}; -1 if more is needed, or it is none. */
  private int header(byte[] input, int at) {
    int length = input.length - at;
    if (length < 2) {
      return -1;
    }
    int magic = (input[at] & 0xff) | (input[at + 1] & 0xff) << Byte.SIZE;
    if (magic != GZIP_MAGIC) {
      if (format == Format.UNZIP && !gzip) {
        checked = false;
        startInflater(false);
        return at;
      } else {
        failure = new Failure("Z_DATA_ERROR", "incorrect header check");
      }
      return -1;
    }
    int end = gzipHeaderEnd(input, at);
    if (end >= 0) {
      gzip = true;
      headerDone = true;
      crc.reset();
      size = 0;
      if (inflater != null) {
        inflater.end();
      }
      startInflater(true);
    }
    return end;
  }

  private int gzipHeaderEnd(byte[] input, int at) {
    if (input.length - at < 10) {
      return -1;
    }
    if (input[at + 2] != 8) {
      failure = new Failure("Z_DATA_ERROR", "unknown compression method");
      return -1;
    }
    int flags = input[at + 3];
    if ((flags & 0xe0) != 0) {
      failure = new Failure("Z_DATA_ERROR", "unknown header flags set");
      return -1;
    }
    int end = at + 10;
    if ((flags & 4) != 0) { // extra fields
      if (input.length < end + 2) {
        return -1;
      }
      end += 2 + (input[end] & 0xff) + ((input[end + 1] & 0xff) << Byte.SIZE);
    }
    for (int flag : new int[] {8, 16}) { // a name, a comment
      if ((flags & flag) != 0) {
        while (end < input.length && input[end] != 0) {
          end++;
        }
        end++;
      }
    }
    if ((flags & 2) != 0) {
      end += 2;
    }
    return end <= input.length ? end : -1;
  }

  /** The end of the trailer at {@code at}; -1 if more is needed, or it is wrong. */
  private int trailer(byte[] input, int at) {
    if (!gzip) {
      ended = true;
      return at;
    }
    if (input.length - at < TRAILER) {
      return -1;
    }
    if (number(input, at) != crc.getValue()) {
      failure = new Failure("Z_DATA_ERROR", "incorrect data check");
      return -1;
    }
    if (number(input, at + 4) != (size & 0xffffffffL)) {
      failure = new Failure("Z_DATA_ERROR", "incorrect length check");
      return -1;
    }
    members++;
    headerDone = false;
    int end = at + TRAILER;
    if (end < input.length && input[end] == 0) {
      ended = true; // zeros fill up a file; anything else has to be a further member
    }
    return end;
  }

  private static long number(byte[] bytes, int at) {
    long value = 0;
    for (int i = 3; i >= 0; i--) {
      value = value << Byte.SIZE | (bytes[at + i] & 0xff);
    }
    return value;
  }

  private static byte[] joined(byte[] head, byte[] tail) {
    byte[] both = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, both, head.length, tail.length);
    return both;
  }

  /** What JavaScript's own messages call it. */
  @Override
  public String toString() {
    return "[zlib]";
  }
}
