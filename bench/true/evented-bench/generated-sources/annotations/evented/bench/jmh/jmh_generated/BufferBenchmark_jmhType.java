package evented.bench.jmh.jmh_generated;
public class BufferBenchmark_jmhType extends BufferBenchmark_jmhType_B3 {
}

