package dev.cofferdam.server.edge.wire;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.apache.coyote.Processor;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * What open connections read and answered their last requests with, for their next ones: some
 * hundred kilobytes each. For the connection alone, and no longer than it (ADR 0120). Of many
 * connections that wait, as many keep theirs as there is room for. For any thread.
 */
final class KeptProcessors {
  private final ConcurrentHashMap<SocketWrapperBase<NioChannel>, Processor> kept =
      new ConcurrentHashMap<>();
  private final Semaphore room;

  KeptProcessors(int most) {
    room = new Semaphore(most);
  }

  /** Keeps it, when there is room and the connection is still there. */
  boolean keep(SocketWrapperBase<NioChannel> connection, Processor processor) {
    if (!room.tryAcquire()) {
      return false;
    }
    kept.put(connection, processor);
    // Looked at afterwards: whoever closes it from now on finds it here.
    return !connection.isClosed() || take(connection) == null;
  }

  /** What was kept for the connection, which is kept no longer. */
  @Nullable Processor take(SocketWrapperBase<NioChannel> connection) {
    Processor processor = kept.remove(connection);
    if (processor != null) {
      room.release();
    }
    return processor;
  }
}
