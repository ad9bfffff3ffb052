package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.epoll.Epoll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class NetTest {
  @Test
  void isIPTellsTheVersions() {
    assertThat(Net.isIP("127.0.0.1")).isEqualTo(4);
    assertThat(Net.isIP("::1")).isEqualTo(6);
    assertThat(Net.isIP("localhost")).isZero();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void nativeCodeLoads() {
    assertThat(Epoll.unavailabilityCause()).isNull();
  }
}
