package evented.bench.jmh;

import evented.net.Buffer;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What programs do with the chunks that they receive. */
@State(Scope.Thread)
public class BufferBenchmark {
  @Param({"64", "65536"})
  public int length;

  private byte[] array;
  private Buffer bytes;
  private Buffer same;

  @Setup
  public void prepare() {
    array = new byte[length];
    Arrays.fill(array, (byte) 'x');
    array[length - 1] = '\n';
    bytes = Buffer.of(array);
    same = Buffer.of(array);
  }

  @Benchmark
  public Buffer copy() {
    return Buffer.of(array);
  }

  @Benchmark
  public Buffer slice() {
    return bytes.slice(1, length - 1);
  }

  @Benchmark
  public Buffer concatTwo() {
    return Buffer.concat(bytes, same);
  }

  @Benchmark
  public int indexOfTheLastByte() {
    return bytes.indexOf((byte) '\n');
  }

  @Benchmark
  public boolean compareEqual() {
    return bytes.equals(same);
  }

  @Benchmark
  public byte[] toByteArray() {
    return bytes.toByteArray();
  }
}
