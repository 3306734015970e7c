package dev.cofferdam.server.surface;

import java.io.IOException;
import java.io.OutputStream;
import java.util.regex.Pattern;

/**
 * An answer that is written piece by piece, however long it gets. The edge lets it be written once
 * what must be durable is, in the caller's scope, and goes on asking whether the caller may: who
 * was removed half way gets no more of it. What ends early ends so that the client can tell: the
 * connection is closed before the end of the body.
 *
 * <p>A handler that returns one names its media type in its mapping as well, for the OpenAPI
 * document.
 *
 * @param fileName under which a browser saves it
 */
public record Streamed(String mediaType, String fileName, Body body) {
  private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  public Streamed {
    if (!FILE_NAME.matcher(fileName).matches()) {
      throw new IllegalArgumentException("a file is named with letters, digits, dots and dashes");
    }
  }

  /** Writes the body. Runs once, on the thread of the request, outside any transaction. */
  @FunctionalInterface
  public interface Body {
    /**
     * Writes all of it. Need not buffer, flush or close.
     *
     * @throws IOException what {@code out} has thrown: the client is gone, or may have no more
     */
    void writeTo(OutputStream out) throws IOException;
  }
}
