package dev.cofferdam.review.wire;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * What comes over a connection, read ahead. Not thread-safe, and so without the lock for each byte
 * that the JDK's streams take: much of what an attacker computes would be those.
 */
final class Incoming {
  private static final int AHEAD = 16 << 10;
  private static final int LONGEST = 16 << 20;

  private final InputStream from;
  private final byte[] ahead = new byte[AHEAD];
  private int at;
  private int end;

  Incoming(InputStream from) {
    this.from = from;
  }

  /** Whether something has come that was not read yet. */
  boolean isWaiting() throws IOException {
    return at < end || from.available() > 0;
  }

  /**
   * The next line, without its end.
   *
   * @throws EOFException when it does not end
   */
  String line() throws IOException {
    ByteArrayOutputStream before = new ByteArrayOutputStream(0);
    while (true) {
      for (int here = at; here < end; here++) {
        if (ahead[here] == '\n') {
          before.write(ahead, at, here - at);
          at = here + 1;
          String line = before.toString(StandardCharsets.UTF_8);
          return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        }
      }
      before.write(ahead, at, end - at);
      if (before.size() > LONGEST) {
        throw new IOException("a line without an end");
      }
      if (!more()) {
        throw new EOFException("the server closed the connection");
      }
    }
  }

  /**
   * As many bytes.
   *
   * @throws EOFException when there are fewer
   */
  byte[] exactly(int length) throws IOException {
    if (length > LONGEST) {
      throw new IOException("an answer of " + length + " bytes");
    }
    byte[] bytes = new byte[length];
    int known = Math.min(length, end - at);
    System.arraycopy(ahead, at, bytes, 0, known);
    at += known;
    known += from.readNBytes(bytes, known, length - known);
    if (known < length) {
      throw new EOFException("the answer ends after " + known + " of " + length + " bytes");
    }
    return bytes;
  }

  /** All that comes until the connection ends. */
  byte[] rest() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    do {
      all.write(ahead, at, end - at);
    } while (more());
    return all.toByteArray();
  }

  private boolean more() throws IOException {
    at = 0;
    end = Math.max(0, from.read(ahead));
    return end > 0;
  }
}
