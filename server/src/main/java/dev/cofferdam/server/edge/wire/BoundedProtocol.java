package dev.cofferdam.server.edge.wire;

import dev.cofferdam.server.edge.tls.FramedEngine;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.Processor;
import org.apache.coyote.Request;
import org.apache.coyote.http11.Http11InputBuffer;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * The container's HTTP, with heads that can be read in one way only, and with an end to the time
 * that a client may take for a TLS handshake, for the head of a request, and for a frame of HTTP/2.
 * The container itself only bounds the pause between two bytes, so that whoever sends one every few
 * seconds holds a connection for a day.
 *
 * <p>Who is late is cut off without an answer: it is not listening. Public, because the container
 * makes it by its name.
 */
public final class BoundedProtocol extends Http11NioProtocol {
  private static final Duration SWEEPING = Duration.ofMillis(500);

  /** The container's own sign for a request of which nothing has come. */
  private static final long NOT_BEGUN = -1;

  /** Of so many open connections what they read with is kept between two requests. */
  private static final int KEPT = 64;

  private static final ScopedValue<Released> RELEASED = ScopedValue.newInstance();

  private final NioEndpoint endpoint;
  private final KeptProcessors kept = new KeptProcessors(KEPT);
  private final Map<SocketWrapperBase<NioChannel>, Long> shakingHands = new HashMap<>();
  private volatile long patienceNanos = Duration.ofSeconds(10).toNanos();
  private volatile @Nullable ScheduledFuture<?> sweeping;

  public BoundedProtocol() {
    this(new NioEndpoint());
  }

  private BoundedProtocol(NioEndpoint endpoint) {
    super(endpoint);
    HeadParsers.require();
    this.endpoint = endpoint;
    Handler handler = new Handler();
    setHandler(handler);
    endpoint.setHandler(handler);
  }

  /** What the container let go of while it worked on a connection. */
  private static final class Released {
    private @Nullable Processor processor;
  }

  /** Gives a connection for its next request what it had for its last one. */
  private final class Handler extends ConnectionHandler<NioChannel> {
    Handler() {
      super(BoundedProtocol.this);
    }

    @Override
    public SocketState process(SocketWrapperBase<NioChannel> connection, SocketEvent event) {
      if (event == SocketEvent.OPEN_READ && connection.getCurrentProcessor() == null) {
        connection.setCurrentProcessor(kept.take(connection));
      }
      Released released = new Released();
      SocketState state =
          ScopedValue.where(RELEASED, released).call(() -> super.process(connection, event));
      Processor processor = released.processor;
      if (processor != null && (state != SocketState.OPEN || !kept.keep(connection, processor))) {
        super.unregister(processor);
      }
      return state;
    }

    @Override
    public void release(SocketWrapperBase<NioChannel> connection) {
      Processor processor = kept.take(connection);
      if (processor != null) {
        super.unregister(processor);
      }
      super.release(connection);
    }

    /** Comes when the container would keep it for any connection, and is told that it may not. */
    @Override
    protected void unregister(Processor processor) {
      if (!RELEASED.isBound()) {
        super.unregister(processor);
        return;
      }
      Released released = RELEASED.get();
      Processor before = released.processor;
      released.processor = processor;
      if (before != null) {
        super.unregister(before);
      }
    }
  }

  /**
   * @param patience from the first byte of a handshake, a head or a frame to its last
   */
  void setPatience(Duration patience) {
    patienceNanos = patience.toNanos();
  }

  /**
   * Has a buffer go with its connection, and to no other: what it holds is what came last, with
   * cookies and tokens, and a pool of them is where a heap dump finds what nobody needs any more.
   */
  void keepNoBuffers() {
    setProcessorCache(0);
    endpoint.getSocketProperties().setBufferPool(0);
  }

  @Override
  public void start() throws Exception {
    super.start();
    sweeping =
        getUtilityExecutor()
            .scheduleWithFixedDelay(
                this::sweep, SWEEPING.toMillis(), SWEEPING.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() throws Exception {
    ScheduledFuture<?> running = sweeping;
    if (running != null) {
      running.cancel(false);
    }
    super.stop();
  }

  /** By one thread at a time. */
  private void sweep() {
    try {
      shakingHands.keySet().retainAll(endpoint.getConnections());
      for (SocketWrapperBase<NioChannel> connection : endpoint.getConnections()) {
        if (isLate(connection)) {
          connection.processSocket(SocketEvent.ERROR, true);
        }
      }
    } catch (RuntimeException e) {
      getLog().warn("The connections could not be looked at", e);
    }
  }

  @Override
  protected Processor createProcessor() {
    Processor processor = super.createProcessor();
    Request request = processor.getRequest();
    HeadParsers.putInto((Http11InputBuffer) request.getInputBuffer(), request.getMimeHeaders());
    return processor;
  }

  private boolean isLate(SocketWrapperBase<NioChannel> connection) {
    NioChannel channel = connection.getSocket();
    if (!channel.isHandshakeComplete()) {
      long now = System.nanoTime();
      return now - shakingHands.computeIfAbsent(connection, first -> now) > patienceNanos;
    }
    shakingHands.remove(connection);
    if (channel instanceof SecureNioChannel secure
        && secure.getSslEngine() instanceof FramedEngine framed
        && framed.owesLongerThan(patienceNanos)) {
      return true;
    }
    return isLateWithHead(connection);
  }

  private boolean isLateWithHead(SocketWrapperBase<NioChannel> connection) {
    // Whoever holds it works on a request whose head is there, or reads one on this very moment.
    if (!connection.getLock().tryLock()) {
      return false;
    }
    try {
      // While nobody works on it, a connection keeps its processor only for a head that is not
      // whole.
      if (!(connection.getCurrentProcessor() instanceof Processor processor)
          || processor.isUpgrade()
          || processor.isAsync()) {
        return false;
      }
      long began = processor.getRequest().getStartTimeNanos();
      return began != NOT_BEGUN && System.nanoTime() - began > patienceNanos;
    } finally {
      connection.getLock().unlock();
    }
  }
}
