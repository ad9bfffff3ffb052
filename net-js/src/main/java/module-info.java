/** Node's {@code net} module in JavaScript: {@code require('net')} on GraalJS. */
module evented.net.js {
  requires static org.jline.reader;
  requires static org.jline.terminal;
  requires static org.jspecify;
  requires java.naming;
  requires jdk.naming.dns;
  requires jdk.unsupported;
  requires org.bouncycastle.pkix;
  requires org.bouncycastle.provider;
  requires transitive evented.net;
  requires transitive org.graalvm.polyglot;

  exports evented.net.js;
}
