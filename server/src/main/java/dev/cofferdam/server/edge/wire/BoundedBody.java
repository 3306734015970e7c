package dev.cofferdam.server.edge.wire;

import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.time.Duration;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * The body of one request, with an end to its size and to its time. Stands where the container
 * reads from, behind the decoding of chunks and frames: so nobody reads past it, however the body
 * is framed and whoever asks for it.
 */
final class BoundedBody implements InputBuffer {
  private final ServletRequest request;
  private final InputBuffer body;
  private final long most;
  private final Duration patience;
  private long read;
  private long began;

  BoundedBody(ServletRequest request, InputBuffer body, long most, Duration patience) {
    this.request = request;
    this.body = body;
    this.most = most;
    this.patience = patience;
  }

  @Override
  public int doRead(ApplicationBufferHandler handler) throws IOException {
    if (began == 0) {
      began = System.nanoTime();
    }
    requireTime();
    int count = next(handler);
    if (count > 0) {
      read += count;
    }
    requireSize();
    return count;
  }

  /** The size of a chunk may drip too, before there is anything to count. */
  private int next(ApplicationBufferHandler handler) throws IOException {
    BoundedProtocol.reads(began);
    try {
      return body.doRead(handler);
    } catch (IOException cut) {
      requireTime();
      throw cut;
    } finally {
      BoundedProtocol.hasRead();
    }
  }

  private void requireTime() throws BodyRefusedException {
    if (System.nanoTime() - began > patience.toNanos()) {
      throw new BodyRefusedException(BodyRefusedException.Why.TOO_SLOW).keptIn(request);
    }
  }

  private void requireSize() throws BodyRefusedException {
    if (read > most) {
      throw new BodyRefusedException(BodyRefusedException.Why.TOO_LARGE).keptIn(request);
    }
  }

  @Override
  public int available() {
    return body.available();
  }
}
