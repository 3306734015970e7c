package dev.cofferdam.server.egress;

import java.time.Duration;

/**
 * Cuts a request off when its time is over. A socket's own timeout begins anew with each byte: a
 * server that sends one byte a second would be waited for without end.
 */
final class Deadline implements AutoCloseable {
  private final Thread watch;
  private volatile boolean passed;
  private volatile Runnable cut = () -> {};

  Deadline(Duration time) {
    watch =
        Thread.ofVirtual()
            .name("egress deadline")
            .start(
                () -> {
                  try {
                    Thread.sleep(time);
                    passed = true;
                    cut.run();
                  } catch (InterruptedException e) {
                    // The request ended in time.
                    Thread.currentThread().interrupt();
                  }
                });
  }

  /** What to do when the time is over; at once, if it is. */
  void cuts(Runnable request) {
    cut = request;
    if (passed) {
      request.run();
    }
  }

  boolean passed() {
    return passed;
  }

  @Override
  public void close() {
    watch.interrupt();
  }
}
