/** Node's {@code net} module for the JVM. It needs the JDK alone. */
module evented.net {
  requires static org.jspecify;
  requires static org.bouncycastle.pkix;
  requires static org.bouncycastle.provider;
  requires static jdk.jfr;
  requires jdk.net;
  requires java.naming;
  requires static io.netty.buffer;
  requires static io.netty.common;
  requires static io.netty.handler;

  exports evented.net;
}
