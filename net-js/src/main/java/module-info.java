/** Node's {@code net} module in JavaScript: {@code require('net')} on GraalJS. */
module evented.net.js {
  requires static org.jspecify;
  requires jdk.unsupported;
  requires org.bouncycastle.pkix;
  requires org.bouncycastle.provider;
  requires transitive evented.net;
  requires transitive org.graalvm.polyglot;

  exports evented.net.js;
}
