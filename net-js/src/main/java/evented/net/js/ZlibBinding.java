package evented.net.js;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyObject;

/** What zlib.js asks for. */
final class ZlibBinding {
  private final Script script;

  ZlibBinding(Script script) {
    this.script = script;
  }

  void addTo(Binding binding) {
    binding.add(
        "zlibOpen",
        a ->
            new ZlibStream(
                ZlibStream.Format.valueOf(a[0].asString()),
                a[1].asInt(),
                a[2].asInt(),
                a[3].asInt(),
                a[4].isNull() ? null : Bytes.fromScript(a, 4)));
    binding.add(
        "zlibWrite", a -> write(stream(a), a[1].asInt(), a[2].asLong(), Bytes.fromScript(a, 3)));
    binding.addVoid("zlibParams", a -> stream(a).params(a[1].asInt(), a[2].asInt()));
    binding.addVoid("zlibReset", a -> stream(a).reset());
    binding.addVoid("zlibClose", a -> stream(a).close());
    binding.add(
        "zlibCrc32",
        a -> {
          byte[] bytes =
              a[1].isString()
                  ? a[1].asString().getBytes(StandardCharsets.UTF_8)
                  : Bytes.fromScript(a, 1);
          return crc32(a[0].asLong(), bytes);
        });
  }

  private static ZlibStream stream(Value[] arguments) {
    return arguments[0].asProxyObject();
  }

  private ProxyObject write(ZlibStream stream, int flush, long limit, byte[] input) {
    byte[] output = stream.write(input, flush, limit);
    ZlibStream.Failure failure = stream.failure();
    return ProxyObject.fromMap(
        Map.of(
            "bytes", script.bytes().toScript(output),
            "used", stream.used(),
            "ended", stream.isEnded(),
            "code", failure == null ? "" : failure.code(),
            "message", failure == null ? "" : failure.message()));
  }

  /** Goes on from a checksum, which the JDK's class cannot begin with. */
  private static long crc32(long start, byte[] bytes) {
    if (start == 0) {
      CRC32 crc = new CRC32();
      crc.update(bytes);
      return crc.getValue();
    }
    int value = ~(int) start;
    for (byte octet : bytes) {
      value ^= octet & 0xff;
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        value = (value >>> 1) ^ (0xedb88320 & -(value & 1));
      }
    }
    return ~value & 0xffffffffL;
  }
}
