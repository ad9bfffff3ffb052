package evented.bench.jmh.jmh_generated;
public class EmitBenchmark_jmhType extends EmitBenchmark_jmhType_B3 {
}

