package dev.cofferdam.server.audit;

/**
 * The keys were to be destroyed that sign a log in which something may still come to stand. It is
 * undone: close the log first, with {@link LogClosing}.
 */
public final class OpenLogException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  OpenLogException(LogId log) {
    super(
        "the log `"
            + log.name()
            + "` is not closed: without its keys nothing could be signed that still comes to stand"
            + " in it");
  }
}
