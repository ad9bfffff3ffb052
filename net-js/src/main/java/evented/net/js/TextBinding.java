package evented.net.js;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.util.Locale;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.Proxy;
import org.jspecify.annotations.Nullable;

/** What text-codec.js asks for. */
final class TextBinding {
  private TextBinding() {}

  static void addTo(Binding binding) {
    binding.add("charset", a -> charset(a[0].asString()));
    binding.add("textDecoder", a -> new Decoding(a[0].asString(), a[1].asBoolean()));
    binding.add("decodeText", TextBinding::decode);
  }

  /** The name of an encoding; null if there is none by that label. */
  private static @Nullable String charset(String label) {
    try {
      return Charset.isSupported(label)
          ? Charset.forName(label).name().toLowerCase(Locale.ROOT)
          : null;
    } catch (IllegalCharsetNameException e) {
      return null;
    }
  }

  private static String decode(Value[] arguments) throws CharacterCodingException {
    Decoding decoding = arguments[0].asProxyObject();
    return decoding.decode(Bytes.fromScript(arguments, 2), arguments[1].asBoolean());
  }

  /** A text that comes in pieces; without members, as JavaScript holds it. */
  private static final class Decoding implements Proxy {
    private final CharsetDecoder decoder;
    private byte[] rest = {}; // of a character that is not whole

    Decoding(String encoding, boolean isFatal) {
      CodingErrorAction action = isFatal ? CodingErrorAction.REPORT : CodingErrorAction.REPLACE;
      decoder =
          Charset.forName(encoding)
              .newDecoder()
              .onMalformedInput(action)
              .onUnmappableCharacter(action);
    }

    String decode(byte[] bytes, boolean isLast) throws CharacterCodingException {
      ByteBuffer in = ByteBuffer.allocate(rest.length + bytes.length).put(rest).put(bytes).flip();
      int most = (int) Math.ceil(in.remaining() * (double) decoder.maxCharsPerByte()) + 16;
      CharBuffer out = CharBuffer.allocate(most);
      CoderResult result = decoder.decode(in, out, isLast);
      if (isLast && !result.isError()) {
        result = decoder.flush(out);
        decoder.reset();
      }
      if (result.isError()) {
        result.throwException();
      }
      rest = new byte[in.remaining()];
      in.get(rest);
      return out.flip().toString();
    }
  }
}
