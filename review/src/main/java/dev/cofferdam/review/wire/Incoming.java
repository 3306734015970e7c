package dev.cofferdam.review.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * What comes over a connection, read ahead. Not thread-safe, and so without the lock for each byte
 * that the JDK's streams take: much of what an attacker computes would be those.
 */
final class Incoming {
  private static final int AHEAD = 16 << 10;
  private static final int LONGEST = 16 << 20;

  private final InputStream from;
  private byte[] ahead = new byte[AHEAD];
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
    int looked = at;
    while (true) {
      for (; looked < end; looked++) {
        if (ahead[looked] == '\n') {
          boolean whole = looked > at && ahead[looked - 1] == '\r';
          String line = new String(ahead, at, looked - at - (whole ? 1 : 0), UTF_8);
          at = looked + 1;
          return line;
        }
      }
      int known = end - at;
      if (!more()) {
        throw new EOFException("the server closed the connection");
      }
      looked = at + known;
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
    byte[] known = Arrays.copyOfRange(ahead, at, end);
    at = end;
    byte[] others = from.readAllBytes();
    byte[] all = Arrays.copyOf(known, known.length + others.length);
    System.arraycopy(others, 0, all, known.length, others.length);
    return all;
  }

  /** Reads some more behind what is there, for which there must be room. */
  private boolean more() throws IOException {
    if (at > 0) {
      System.arraycopy(ahead, at, ahead, 0, end - at);
      end -= at;
      at = 0;
    }
    if (end == ahead.length) {
      if (end >= LONGEST) {
        throw new IOException("a line without an end");
      }
      ahead = Arrays.copyOf(ahead, 2 * end);
    }
    int read = from.read(ahead, end, ahead.length - end);
    end += Math.max(0, read);
    return read > 0;
  }
}
