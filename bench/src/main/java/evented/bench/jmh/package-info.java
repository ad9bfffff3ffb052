/** What lives inside one process, measured with JMH through the public API. */
package evented.bench.jmh;
