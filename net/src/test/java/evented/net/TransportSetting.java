package evented.net;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** On what a test of the contract of {@link Transport} runs. */
record TransportSetting(String transport, Wire wire) {
  static final String MEMORY = "memory";
  private static final String NIO = "nio";
  private static final String EPOLL = "epoll";
  private static final String EPOLL_CLASS = "evented.net.EpollTransport";

  /** Every transport that there is here, in memory too. */
  static Stream<TransportSetting> all() {
    return Stream.concat(kernels(), Stream.of(new TransportSetting(MEMORY, Wire.TCP)));
  }

  /** Every transport over a kernel, over every kind of socket. */
  static Stream<TransportSetting> kernels() {
    List<TransportSetting> settings = new ArrayList<>();
    for (Wire wire : Wire.values()) {
      settings.add(new TransportSetting(NIO, wire));
      if (hasEpoll()) {
        settings.add(new TransportSetting(EPOLL, wire));
      }
    }
    return settings.stream();
  }

  static Stream<TransportSetting> overTcp() {
    return kernels().filter(setting -> setting.wire == Wire.TCP);
  }

  static Stream<TransportSetting> overUnix() {
    return kernels().filter(setting -> setting.wire == Wire.UNIX);
  }

  /** It is only there when this runs on Linux and a JDK that knows foreign functions. */
  private static boolean hasEpoll() {
    try {
      Class<?> type = Class.forName(EPOLL_CLASS);
      return type.getDeclaredMethod("whyUnavailable").invoke(null) == null;
    } catch (ReflectiveOperationException | LinkageError e) {
      return false;
    }
  }

  Transport open() {
    try {
      return switch (transport) {
        case NIO -> new NioTransport();
        case MEMORY -> new FakeTransport();
        default -> {
          var constructor = Class.forName(EPOLL_CLASS).getDeclaredConstructor();
          yield (Transport) constructor.newInstance();
        }
      };
    } catch (InvocationTargetException e) {
      throw new AssertionError(e.getCause());
    } catch (ReflectiveOperationException | NetException e) {
      throw new AssertionError(e);
    }
  }

  /** Whether {@code hungUp} is called though nothing is wanted. */
  boolean tellsHangUps() {
    return !transport.equals(NIO);
  }

  @Override
  public String toString() {
    return transport + " over " + wire;
  }
}
