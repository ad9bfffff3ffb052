package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("values")
class NetExceptionTest {
  @Test
  void S9_theMessageNamesSystemCallCodeAndIpv4Address() throws Exception {
    var e = failed("connect", ErrorCode.ECONNREFUSED, inet("127.0.0.1", 8124));
    assertThat(e).hasMessage("connect ECONNREFUSED 127.0.0.1:8124");
    assertThat(e.code()).isEqualTo("ECONNREFUSED");
    assertThat(e.syscall()).isEqualTo("connect");
    assertThat(e.address()).isEqualTo("127.0.0.1");
    assertThat(e.port()).isEqualTo(8124);
  }

  @Test
  void S9_anIpv6AddressStandsInBracketsBeforeItsPort() throws Exception {
    var e = failed("listen", ErrorCode.EADDRINUSE, inet("::1", 8124));
    assertThat(e).hasMessage("listen EADDRINUSE [::1]:8124");
    assertThat(e.address()).isEqualTo("::1");
  }

  @Test
  void anIpv6AddressKeepsItsZone() throws Exception {
    var ip = Inet6Address.getByAddress(null, IpAddress.parse("fe80::1"), 7);
    var e = failed("connect", ErrorCode.EHOSTUNREACH, new InetSocketAddress(ip, 1));
    assertThat(e).hasMessage("connect EHOSTUNREACH [fe80::1%7]:1");
  }

  @Test
  void S9_aUnixAddressIsItsPathAndHasNoPort() {
    var e = failed("connect", ErrorCode.ENOENT, UnixDomainSocketAddress.of("/tmp/x.sock"));
    assertThat(e).hasMessage("connect ENOENT /tmp/x.sock");
    assertThat(e.address()).isEqualTo("/tmp/x.sock");
    assertThat(e.port()).isEqualTo(-1);
  }

  @Test
  void withoutAnAddressTheMessageEndsWithTheCode() {
    var e = failed("read", ErrorCode.ECONNRESET, null);
    assertThat(e).hasMessage("read ECONNRESET");
    assertThat(e.address()).isNull();
    assertThat(failed("write", ErrorCode.EPIPE, UnixDomainSocketAddress.of("")))
        .hasMessage("write EPIPE");
  }

  @Test
  void S9_anUnknownHostIsNamedWithoutAPort() {
    var e = NetException.ofHost("some.host", ErrorCode.ENOTFOUND, null);
    assertThat(e).hasMessage("getaddrinfo ENOTFOUND some.host");
    assertThat(e.syscall()).isEqualTo("getaddrinfo");
    assertThat(e.address()).isEqualTo("some.host");
    assertThat(e.port()).isEqualTo(-1);
  }

  @Test
  void theCodeIsTakenFromTheCauseWhichIsKept() {
    var cause = new IOException("Broken pipe");
    var e = NetException.of("write", null, cause);
    assertThat(e).hasMessage("write EPIPE").hasCause(cause);
  }

  @Test
  void aCauseWithoutACodeSpeaksForItself() {
    var e = NetException.of("read", null, new IOException("bad weather"));
    assertThat(e).hasMessage("read bad weather");
    assertThat(e.code()).isNull();
    assertThat(NetException.of("read", null, new IOException()))
        .hasMessage("read java.io.IOException");
  }

  @Test
  void aUserMayMakeOne() {
    var e = new NetException("my own", "EMINE");
    assertThat(e).hasMessage("my own").hasNoCause();
    assertThat(e.code()).isEqualTo("EMINE");
    assertThat(e.syscall()).isNull();
    assertThat(e.port()).isEqualTo(-1);
  }

  private static NetException failed(String syscall, ErrorCode code, SocketAddress address) {
    return NetException.of(syscall, code, address, null);
  }

  private static InetSocketAddress inet(String ip, int port) throws Exception {
    return new InetSocketAddress(InetAddress.getByAddress(IpAddress.parse(ip)), port);
  }
}
