package dev.cofferdam.review.wire;

import java.util.Arrays;

/**
 * The status in a block of header fields of HTTP/2 (RFC 7541), which is its first field, behind
 * what the sender may say of its table: by its number there, or spelt out, with Huffman's code for
 * digits or without.
 */
final class HeaderStatus {
  private static final String[] NUMBERED = {"200", "204", "206", "304", "400", "404", "500"};
  private static final int FIRST_NUMBER = 8;

  private HeaderStatus() {}

  static String of(byte[] whole) {
    byte[] block = Arrays.copyOfRange(whole, behindSizes(whole), whole.length);
    int first = block[0] & 0xff;
    if (first >= 0x80) {
      int number = (first & 0x7f) - FIRST_NUMBER;
      return number >= 0 && number < NUMBERED.length ? NUMBERED[number] : "an answer";
    }
    boolean coded = (block[1] & 0x80) != 0;
    int length = block[1] & 0x7f;
    StringBuilder status = new StringBuilder();
    if (!coded) {
      for (int i = 0; i < length; i++) {
        status.append((char) block[2 + i]);
      }
      return status.toString();
    }
    long bits = 0;
    for (int i = 0; i < length; i++) {
      bits = bits << 8 | block[2 + i] & 0xff;
    }
    int left = 8 * length;
    while (status.length() < 3) {
      int five = (int) (bits >> left - 5) & 0x1f;
      if (five < 3) {
        status.append(five);
        left -= 5;
      } else {
        int six = (int) (bits >> left - 6) & 0x3f;
        status.append(six - 0x19 + 3);
        left -= 6;
      }
    }
    return status.toString();
  }

  /** Where the first field begins: updates of the table's size stand before it (section 6.3). */
  private static int behindSizes(byte[] block) {
    int at = 0;
    while ((block[at] & 0xe0) == 0x20) {
      boolean more = (block[at] & 0x1f) == 0x1f;
      at++;
      while (more) {
        more = (block[at] & 0x80) != 0;
        at++;
      }
    }
    return at;
  }
}
