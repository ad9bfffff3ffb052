package evented.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * A piece of memory outside the heap that one loop thread uses again and again, so that it stays in
 * the processor's cache. Epoll, kqueue and NIO are done with a buffer when their call returns, so
 * one region serves all connections; whoever still holds it shows in its count.
 */
final class NettyRegion {
  private final int size;
  private @Nullable ByteBuf memory;

  NettyRegion(int size) {
    this.size = size;
  }

  /** The region, empty, for the caller to release; null while someone else holds it. */
  @Nullable ByteBuf take(ByteBufAllocator allocator) {
    ByteBuf region = memory;
    if (region == null) {
      region = allocator.directBuffer(size, size);
      memory = region;
    } else if (region.refCnt() > 1) {
      return null;
    }
    return region.clear().retain();
  }

  /** Lets {@code holder} keep the region, if that is what it is; the next one gets a new one. */
  @SuppressWarnings("ReferenceEquality") // this very buffer, whatever is in it
  void leaveTo(ByteBuf holder) {
    if (holder == memory) {
      free();
    }
  }

  void free() {
    if (memory != null) {
      memory.release();
      memory = null;
    }
  }
}
