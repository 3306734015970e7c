package dev.cofferdam.protocol.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A piece of a log as C2SP tlog-tiles lays it out: up to 256 consecutive hashes of one of the tree
 * levels 0, 8, 16, …, or up to 256 consecutive entries. A full tile never changes.
 *
 * @param kind hashes or entries
 * @param level of the tile, so that hashes are of tree level {@code 8 * level}; 0 for entries
 * @param index among the tiles of its kind and level
 * @param width how many hashes or entries it has, 1 to 256
 */
public record Tile(Kind kind, int level, long index, int width) {
  /** The number of hashes or entries of a full tile. */
  public static final int FULL = 256;

  private static final int LEVELS = 8;
  private static final Pattern PATH =
      Pattern.compile(
          "tile/(entries|[0-9]|[1-5][0-9])/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

  public Tile {
    boolean levelFits = kind == Kind.ENTRIES ? level == 0 : level >= 0 && level < 7;
    if (!levelFits || index < 0 || width < 1 || width > FULL) {
      throw new IllegalArgumentException(
          "no tile of %s at level %d, index %d, width %d".formatted(kind, level, index, width));
    }
  }

  /** What a tile holds. */
  public enum Kind {
    HASHES,
    ENTRIES
  }

  /** The tile of entries that holds the entry at {@code entry} of a log of {@code size} entries. */
  public static Tile ofEntry(long entry, long size) {
    long index = entry / FULL;
    return new Tile(Kind.ENTRIES, 0, index, (int) Math.min(FULL, size - index * FULL));
  }

  /**
   * The tile of hashes from which the hash of {@code node} follows in a log of {@code size}
   * entries: it holds the node itself, or the nodes below it on the next lower level that tiles
   * have.
   */
  public static Tile ofNode(Node node, long size) {
    int level = node.level() / LEVELS;
    long first = node.index() << (node.level() % LEVELS);
    long index = first / FULL;
    long there = size >> (level * LEVELS);
    return new Tile(Kind.HASHES, level, index, (int) Math.min(FULL, there - index * FULL));
  }

  /**
   * The tiles that a log has when it has grown to {@code size} and did not have at {@code before}:
   * what to write.
   */
  public static List<Tile> added(long before, long size) {
    List<Tile> added = new ArrayList<>(between(Kind.ENTRIES, 0, before, size));
    for (int level = 0; size >> (level * LEVELS) > 0; level++) {
      added.addAll(
          between(Kind.HASHES, level, before >> (level * LEVELS), size >> (level * LEVELS)));
    }
    return added;
  }

  private static List<Tile> between(Kind kind, int level, long before, long size) {
    List<Tile> tiles = new ArrayList<>();
    if (before == size) {
      return tiles;
    }
    for (long index = before / FULL; index * FULL < size; index++) {
      tiles.add(new Tile(kind, level, index, (int) Math.min(FULL, size - index * FULL)));
    }
    return tiles;
  }

  /** Whether this tile is at its full width. */
  public boolean full() {
    return width == FULL;
  }

  /** The path below the log's own: {@code tile/<level>/<index>[.p/<width>]}. */
  public String path() {
    var text = new StringBuilder(String.format(Locale.ROOT, "%03d", index % 1000));
    for (long rest = index / 1000; rest > 0; rest /= 1000) {
      text.insert(0, String.format(Locale.ROOT, "x%03d/", rest % 1000));
    }
    String where = kind == Kind.ENTRIES ? "entries" : Integer.toString(level);
    return "tile/" + where + "/" + text + (full() ? "" : ".p/" + width);
  }

  /** The tile with this path, or empty when it is not the path of a tile. */
  public static Optional<Tile> parse(String path) {
    Matcher matcher = PATH.matcher(path);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String where = matcher.group(1);
    int level = where.equals("entries") ? 0 : Integer.parseInt(where);
    long index = Long.parseLong(matcher.group(2).replace("x", "").replace("/", ""));
    int width = matcher.group(3) == null ? FULL : Integer.parseInt(matcher.group(3));
    if (level > 6 || width > FULL) {
      return Optional.empty();
    }
    Kind kind = where.equals("entries") ? Kind.ENTRIES : Kind.HASHES;
    Tile tile = new Tile(kind, level, index, width);
    // A full tile has no partial path, and an index no leading groups of zeros.
    return tile.path().equals(path) ? Optional.of(tile) : Optional.empty();
  }

  /** The node of the tree whose hash stands at {@code position} of this tile of hashes. */
  public Node node(int position) {
    return new Node(level * LEVELS, index * FULL + position);
  }
}
