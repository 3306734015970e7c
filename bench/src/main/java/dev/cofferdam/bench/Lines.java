package dev.cofferdam.bench;

import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Line;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.Site;
import java.io.EOFException;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Connections that are kept: as many as there were ever requests at once. For any thread. */
final class Lines implements AutoCloseable {
  private final Site site;
  private final Queue<Line> idle = new ConcurrentLinkedQueue<>();

  Lines(Site site) {
    this.site = site;
  }

  /** Sends {@code ask}, which must be answered so. */
  void ask(Ask ask, int status) throws IOException {
    Reply reply = ask(ask);
    if (reply.status() != status) {
      throw new IllegalStateException(ask + " was answered " + reply.readable());
    }
  }

  /** Sends {@code ask}, whatever is answered. */
  Reply ask(Ask ask) throws IOException {
    // A server ends a kept connection when it likes, after so many requests too.
    for (Line line = idle.poll(); line != null; line = idle.poll()) {
      try {
        return over(line, ask);
      } catch (EOFException ended) {
        line.close();
      }
    }
    return over(Line.open(site), ask);
  }

  private Reply over(Line line, Ask ask) throws IOException {
    Reply reply = line.ask(ask);
    if (line.isOpen()) {
      idle.add(line);
    }
    return reply;
  }

  @Override
  public void close() {
    for (Line line = idle.poll(); line != null; line = idle.poll()) {
      line.close();
    }
  }
}
