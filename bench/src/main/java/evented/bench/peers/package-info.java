/** The servers that are measured, each as its users would write it. */
package evented.bench.peers;
