package dev.cofferdam.server.edge.wire;

import dev.cofferdam.server.edge.tls.FramedEngine;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
 * that a client may take for a TLS handshake, for the head of a request, for what of its body
 * nobody has asked for, and for a frame of HTTP/2. The container itself only bounds the pause
 * between two bytes, so that whoever sends one every few seconds holds a connection for a day.
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

  private static final ScopedValue<Work> WORK = ScopedValue.newInstance();

  private final NioEndpoint endpoint;
  private final KeptProcessors kept = new KeptProcessors(KEPT);
  private final Map<SocketWrapperBase<NioChannel>, Long> shakingHands = new HashMap<>();
  private final Map<SocketWrapperBase<NioChannel>, Long> bodies = new ConcurrentHashMap<>();
  private volatile long patienceNanos = Duration.ofSeconds(10).toNanos();
  private volatile long bodyPatienceNanos = Duration.ofSeconds(20).toNanos();
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

  /** A thread at work on a connection, and what the container let go of meanwhile. */
  private static final class Work {
    private final BoundedProtocol protocol;
    private final SocketWrapperBase<NioChannel> connection;
    private @Nullable Processor processor;
    private boolean reads;

    private Work(BoundedProtocol protocol, SocketWrapperBase<NioChannel> connection) {
      this.protocol = protocol;
      this.connection = connection;
    }

    private void reads(long began) {
      reads = true;
      protocol.bodies.put(connection, began);
    }

    private void hasRead() {
      if (reads) {
        reads = false;
        protocol.bodies.remove(connection);
      }
    }
  }

  /**
   * The body of the request that this thread works on is being read, or what is left of it. When
   * that takes too long, whoever reads finds the end of the connection. Frames of HTTP/2 are read
   * elsewhere.
   *
   * @param began when, by {@link System#nanoTime()}
   */
  static void reads(long began) {
    if (WORK.isBound()) {
      WORK.get().reads(began);
    }
  }

  /** Nothing of a body is read any more. */
  static void hasRead() {
    if (WORK.isBound()) {
      WORK.get().hasRead();
    }
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
      Work work = new Work(BoundedProtocol.this, connection);
      SocketState state = work(work, event);
      Processor processor = work.processor;
      if (processor != null && (state != SocketState.OPEN || !kept.keep(connection, processor))) {
        super.unregister(processor);
      }
      return state;
    }

    private SocketState work(Work work, SocketEvent event) {
      try {
        return ScopedValue.where(WORK, work).call(() -> super.process(work.connection, event));
      } finally {
        // The container has left nothing of a body in front of the next request.
        work.hasRead();
      }
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
      if (!WORK.isBound()) {
        super.unregister(processor);
        return;
      }
      Work work = WORK.get();
      Processor before = work.processor;
      work.processor = processor;
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
   * @param patience from the first byte of a body to its last
   */
  void setBodyPatience(Duration patience) {
    bodyPatienceNanos = patience.toNanos();
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
        if (isLateWithBody(connection)) {
          endInput(connection);
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

  private boolean isLateWithBody(SocketWrapperBase<NioChannel> connection) {
    Long began = bodies.get(connection);
    return began != null && System.nanoTime() - began > bodyPatienceNanos;
  }

  /** A thread waits for the next byte, and holds the connection: it finds the end instead. */
  private void endInput(SocketWrapperBase<NioChannel> connection) {
    SocketChannel channel = connection.getSocket().getIOChannel();
    // The container has none any more for what was closed meanwhile.
    if (channel != null) {
      try {
        channel.shutdownInput();
      } catch (IOException gone) {
        getLog().debug("The client was gone already", gone);
      }
    }
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
