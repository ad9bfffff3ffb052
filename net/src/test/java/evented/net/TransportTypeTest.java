package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransportTypeTest {
  private static final String PROPERTY = "evented.transport";

  private static <T> T withProperty(String value, Supplier<T> test) {
    String before = System.getProperty(PROPERTY);
    System.setProperty(PROPERTY, value);
    try {
      return test.get();
    } finally {
      if (before == null) {
        System.clearProperty(PROPERTY);
      } else {
        System.setProperty(PROPERTY, before);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TransportType.class)
  void thePropertyOverridesTheChoiceInAnyCase(TransportType type) {
    assertThat(withProperty(type.toString(), TransportType::choose)).isEqualTo(type);
    assertThat(withProperty(type.toString().toUpperCase(Locale.ROOT), TransportType::choose))
        .isEqualTo(type);
  }

  @Test
  void anUnknownNameIsRefusedWithTheNamesThereAre() {
    assertThatThrownBy(() -> withProperty("epol", () -> Loop.create(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("transport must be epoll or nio, was epol");
  }

  @Test
  void anEmptyPropertyCountsAsNone() {
    TransportType chosen = withProperty("", TransportType::choose);
    assertThat(chosen.isAvailable()).isTrue();
    if (System.getProperty("os.name").equals("Linux") && TransportType.EPOLL.isAvailable()) {
      assertThat(chosen).isEqualTo(TransportType.EPOLL);
    }
  }

  @ParameterizedTest
  @EnumSource(TransportType.class)
  void aLoopRunsOnTheTransportThatItWasGivenOrSaysWhyNot(TransportType type) {
    if (type.isAvailable()) {
      try (Loop loop = Loop.create(1, type)) {
        assertThat(loop.transport()).isEqualTo(type.toString());
      }
    } else {
      assertThatThrownBy(() -> Loop.create(1, type))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageMatching("(?s)transport " + type + " is not available here: .+");
    }
  }

  @Test
  void nioIsAvailableEverywhere() {
    assertThat(TransportType.NIO.isAvailable()).isTrue();
  }
}
