package dev.cofferdam.protocol.log;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The content of a tile of entries: each is preceded by its length in two bytes, the higher first.
 */
public final class EntryTile {
  /** The most bytes an entry may have. */
  public static final int LONGEST = 0xffff;

  private EntryTile() {}

  /** The content of a tile with these entries. */
  public static byte[] encode(List<byte[]> entries) {
    var content = new ByteArrayOutputStream();
    for (byte[] entry : entries) {
      if (entry.length > LONGEST) {
        throw new IllegalArgumentException("an entry has at most 65535 bytes, not " + entry.length);
      }
      content.write(entry.length >>> 8);
      content.write(entry.length);
      content.writeBytes(entry);
    }
    return content.toByteArray();
  }

  /**
   * The entries of {@code tile} with this content.
   *
   * @throws IllegalArgumentException when the content is not that of exactly as many entries as the
   *     tile has
   */
  public static List<byte[]> decode(Tile tile, byte[] content) {
    List<byte[]> entries = new ArrayList<>(tile.width());
    int at = 0;
    while (at < content.length) {
      if (content.length - at < 2) {
        throw broken(tile);
      }
      int length = (content[at] & 0xff) << 8 | (content[at + 1] & 0xff);
      at += 2;
      if (content.length - at < length) {
        throw broken(tile);
      }
      entries.add(Arrays.copyOfRange(content, at, at + length));
      at += length;
    }
    if (entries.size() != tile.width()) {
      throw broken(tile);
    }
    return entries;
  }

  private static IllegalArgumentException broken(Tile tile) {
    return new IllegalArgumentException(
        "`%s` does not hold %d whole entries".formatted(tile.path(), tile.width()));
  }
}
