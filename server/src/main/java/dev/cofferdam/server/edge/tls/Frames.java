package dev.cofferdam.server.edge.tls;

import java.nio.ByteBuffer;

/**
 * How far what a client of HTTP/2 sends has come: since when it owes the rest of the preface, of a
 * frame, or of a block of header fields that it has begun (RFC 9113, sections 3.4, 4.1 and 6.10).
 * Written by the one thread that reads, read by any.
 *
 * <p>Frames with data are left out: the body that they carry has a time of its own.
 */
final class Frames {
  /** Nothing is owed. */
  static final long NOTHING = Long.MIN_VALUE;

  private static final int PREFACE = 24;
  private static final int HEAD = 9;
  private static final int DATA = 0x0;
  private static final int HEADERS = 0x1;
  private static final int CONTINUATION = 0x9;
  private static final int END_HEADERS = 0x4;

  private final byte[] head = new byte[HEAD];
  private Part part = Part.PREFACE;
  private int missing = PREFACE;
  private boolean blockIsOpen;
  private volatile long since;

  private enum Part {
    PREFACE,
    HEAD,
    PAYLOAD
  }

  /**
   * @param now by {@link System#nanoTime}, when the client could begin
   */
  Frames(long now) {
    since = now;
  }

  /** By {@link System#nanoTime}; {@link #NOTHING} between two frames. */
  long owesSince() {
    return since;
  }

  /** Takes what has come, from position to limit. */
  void came(ByteBuffer bytes, long now) {
    while (bytes.hasRemaining()) {
      if (since == NOTHING) {
        since = now;
      }
      int count = Math.min(missing, bytes.remaining());
      if (part == Part.HEAD) {
        bytes.get(head, HEAD - missing, count);
      } else {
        bytes.position(bytes.position() + count);
      }
      missing -= count;
      if (missing == 0) {
        next();
      }
    }
  }

  private void next() {
    switch (part) {
      // The client's first settings belong to its preface.
      case PREFACE -> expect(Part.HEAD, HEAD);
      case HEAD -> {
        int length = (head[0] & 0xff) << 16 | (head[1] & 0xff) << 8 | head[2] & 0xff;
        if (head[3] == DATA) {
          since = NOTHING;
        }
        if (head[3] == HEADERS || head[3] == CONTINUATION) {
          blockIsOpen = (head[4] & END_HEADERS) == 0;
        }
        expect(Part.PAYLOAD, length);
        if (length == 0) {
          next();
        }
      }
      case PAYLOAD -> {
        if (!blockIsOpen) {
          since = NOTHING;
        }
        expect(Part.HEAD, HEAD);
      }
    }
  }

  private void expect(Part following, int bytes) {
    part = following;
    missing = bytes;
  }
}
