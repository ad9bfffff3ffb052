package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** An application that is loaded, used and dropped, as in a container. */
class ClassLoaderTest {
  /** What that application does, in its own class loader. */
  public static final class Application implements Runnable {
    /** Made by reflection. */
    public Application() {}

    @Override
    public void run() {
      try (TestNet net = new TestNet(2)) {
        EventLog log = EventLog.of(net.connect(net.serve(Wire.TCP, stream -> stream.end("bye"))));
        assertThat(log.awaitClose()).contains("data bye");
        net.loop().setTimeout(3_600_000, () -> {});
      }
    }
  }

  private static WeakReference<ClassLoader> useAndDrop() throws Exception {
    String[] paths = System.getProperty("java.class.path").split(File.pathSeparator);
    URL[] urls = new URL[paths.length];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = Path.of(paths[i]).toUri().toURL();
    }
    try (URLClassLoader loader =
        new URLClassLoader("application", urls, ClassLoader.getPlatformClassLoader())) {
      Class<?> type = loader.loadClass(Application.class.getName());
      ((Runnable) type.getDeclaredConstructor().newInstance()).run();
      return new WeakReference<>(loader);
    }
  }

  @Test
  void aClassLoaderWhoseLoopsAreClosedIsCollected() throws Exception {
    WeakReference<ClassLoader> loader = useAndDrop();
    Await.until(
        "the class loader is collected",
        () -> {
          System.gc();
          return loader.get() == null;
        });
  }
}
