package dev.cofferdam.review.wire;

/**
 * The status in a block of header fields of HTTP/2 (RFC 7541), which is its first field: by its
 * number in the table, or spelt out, with Huffman's code for digits or without.
 */
final class HeaderStatus {
  private static final String[] NUMBERED = {"200", "204", "206", "304", "400", "404", "500"};
  private static final int FIRST_NUMBER = 8;

  private HeaderStatus() {}

  static String of(byte[] block) {
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
}
