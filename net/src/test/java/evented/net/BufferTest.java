package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("values")
class BufferTest {
  private static final Buffer HELLO = Buffer.of("hello");

  @Test
  void R2_aBufferKeepsItsBytesWhenTheArrayItWasMadeFromChanges() {
    var array = "hello".getBytes(StandardCharsets.US_ASCII);
    var whole = Buffer.of(array);
    var part = Buffer.of(array, 1, 3);
    var wrapped = Buffer.of(ByteBuffer.wrap(array));
    array[1] = 'u';
    assertThat(whole).hasToString("hello");
    assertThat(part).hasToString("el");
    assertThat(wrapped).hasToString("hello");
  }

  @Test
  void R2_aBufferKeepsItsBytesWhateverIsDoneWithWhatItHandsOut() {
    HELLO.toByteArray()[0] = 'j';
    assertThatThrownBy(() -> HELLO.asByteBuffer().put((byte) 'j'))
        .isInstanceOf(ReadOnlyBufferException.class);
    assertThat(HELLO.asByteBuffer().hasArray()).isFalse();
    assertThat(HELLO).hasToString("hello");
  }

  @Test
  void W4_textWithoutAnEncodingIsAsciiAndUtf8WhereAsciiCannotExpressIt() {
    assertThat(Buffer.of("plain").toByteArray()).isEqualTo(new byte[] {'p', 'l', 'a', 'i', 'n'});
    assertThat(Buffer.of("é").toByteArray()).isEqualTo(new byte[] {(byte) 0xC3, (byte) 0xA9});
    assertThat(Buffer.of("é", Encoding.LATIN1).toByteArray()).isEqualTo(new byte[] {(byte) 0xE9});
  }

  @Test
  void aByteBufferIsCopiedFromItsPositionToItsLimitAndStaysAsItIs() {
    var bytes = ByteBuffer.allocateDirect(10).put("0123456789".getBytes(StandardCharsets.US_ASCII));
    bytes.position(2).limit(5);
    assertThat(Buffer.of(bytes)).hasToString("234");
    assertThat(bytes.position()).isEqualTo(2);
    assertThat(bytes.limit()).isEqualTo(5);
  }

  @Test
  void slicesOfSlicesAreTheRightBytesAndCopyNothing() {
    var slice = HELLO.slice(1).slice(1, 3);
    assertThat(slice).hasToString("ll");
    assertThat(slice.array()).isSameAs(HELLO.array());
    assertThat(HELLO.slice(0, 5)).isSameAs(HELLO);
    assertThat(HELLO.slice(5).isEmpty()).isTrue();
    assertThat(slice.asByteBuffer()).isEqualTo(ByteBuffer.wrap(new byte[] {'l', 'l'}));
    assertThat(slice.toByteArray()).containsExactly('l', 'l');
  }

  @Test
  void anIndexOutsideIsNamedTogetherWithTheLength() {
    assertThatThrownBy(() -> HELLO.slice(1, 3).get(2))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("index 2 of a Buffer of 2 bytes");
    assertThatThrownBy(() -> HELLO.get(-1)).hasMessage("index -1 of a Buffer of 5 bytes");
    assertThatThrownBy(() -> HELLO.slice(3, 6)).hasMessage("range from 3 to 6 of 5 bytes");
    assertThatThrownBy(() -> HELLO.slice(3, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> HELLO.slice(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Buffer.of(new byte[1], 0, 2))
        .hasMessage("range from 0 to 2 of 1 byte");
  }

  @Test
  void indexOfFindsTheFirstByteFromThereOnWithinTheSlice() {
    var slice = HELLO.slice(1, 4); // "ell"
    assertThat(slice.indexOf((byte) 'l')).isEqualTo(1);
    assertThat(slice.indexOf((byte) 'l', 2)).isEqualTo(2);
    assertThat(slice.indexOf((byte) 'o')).isEqualTo(-1);
    assertThat(slice.indexOf((byte) 'h')).isEqualTo(-1);
    assertThat(slice.indexOf((byte) 'e', -5)).isZero();
    assertThat(slice.indexOf((byte) 'l', 99)).isEqualTo(-1);
  }

  @Test
  void copyToCopiesARangeOrNothing() {
    var target = new byte[4];
    HELLO.slice(1).copyTo(1, target, 2, 2);
    assertThat(target).containsExactly(0, 0, 'l', 'l');
    assertThatThrownBy(() -> HELLO.slice(0, 2).copyTo(1, target, 0, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(target).containsExactly(0, 0, 'l', 'l');
  }

  @Test
  void concatJoinsInOrder() {
    assertThat(Buffer.concat(HELLO.slice(4), Buffer.of(""), HELLO.slice(0, 2))).hasToString("ohe");
    assertThat(Buffer.concat()).isEqualTo(Buffer.of(""));
    assertThat(Buffer.concat(List.of(HELLO))).isSameAs(HELLO);
  }

  @Test
  void equalBytesAreEqualBuffersWhereverTheyLie() {
    var other = Buffer.of("say hello").slice(4);
    assertThat(other).isEqualTo(HELLO).hasSameHashCodeAs(HELLO);
    assertThat(other).isNotEqualTo(Buffer.of("hellp")).isNotEqualTo(HELLO.slice(1));
    assertThat(HELLO).isNotEqualTo("hello").isNotEqualTo(null);
  }

  @Test
  void anOwningBufferCopiesNothing() {
    var array = new byte[] {1, 2, 3};
    assertThat(Buffer.owning(array).array()).isSameAs(array);
    var part = Buffer.owning(array, 1, 3);
    assertThat(part.array()).isSameAs(array);
    assertThat(part.offset()).isEqualTo(1);
    assertThat(part.length()).isEqualTo(2);
  }
}
