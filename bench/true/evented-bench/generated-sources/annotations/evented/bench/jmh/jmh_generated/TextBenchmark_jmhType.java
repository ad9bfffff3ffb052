package evented.bench.jmh.jmh_generated;
public class TextBenchmark_jmhType extends TextBenchmark_jmhType_B3 {
}

