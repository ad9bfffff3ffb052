/** Node's {@code net} module for the JVM. */
module evented.net {
  requires static org.jspecify;
  requires static org.bouncycastle.pkix;
  requires static org.bouncycastle.provider;
  requires jdk.net;
  requires java.naming;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.transport;
  requires io.netty.transport.classes.epoll;
  requires io.netty.transport.classes.io_uring;
  requires io.netty.transport.classes.kqueue;
  requires io.netty.transport.unix.common;

  exports evented.net;
}
