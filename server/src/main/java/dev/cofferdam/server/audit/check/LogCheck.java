package dev.cofferdam.server.audit.check;

import dev.cofferdam.protocol.crypto.Ed25519;
import dev.cofferdam.protocol.log.EntryTile;
import dev.cofferdam.protocol.log.Frontier;
import dev.cofferdam.protocol.log.Hash;
import dev.cofferdam.protocol.log.Merkle;
import dev.cofferdam.protocol.log.Node;
import dev.cofferdam.protocol.log.Note;
import dev.cofferdam.protocol.log.NoteKey;
import dev.cofferdam.protocol.log.Tile;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.check.Finding.Kind;
import dev.cofferdam.server.audit.mirror.LogMirror;
import dev.cofferdam.server.audit.mirror.MirrorState;
import dev.cofferdam.server.audit.mirror.MirrorStore;
import dev.cofferdam.server.audit.store.AllLogs;
import dev.cofferdam.server.audit.store.Head;
import dev.cofferdam.server.audit.store.LogRows;
import dev.cofferdam.server.audit.store.LogScope;
import dev.cofferdam.server.audit.store.LogTables;
import dev.cofferdam.server.audit.store.LogTiles;
import dev.cofferdam.server.audit.store.PublishedKeys;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Checks one log at a time. */
public final class LogCheck {
  private static final int RECENT_TILES = 4;

  private final JdbcClient app;
  private final LogRows rows;
  private final LogTables tables;
  private final PublishedKeys keys;
  private final @Nullable MirrorStore store;

  /**
   * @param app runs as {@code cofferdam_app}
   * @param store the mirror, or null when there is none
   */
  public LogCheck(JdbcClient app, PublishedKeys keys, @Nullable MirrorStore store) {
    this.app = app;
    this.rows = new LogRows(app);
    this.tables = new LogTables(app);
    this.keys = keys;
    this.store = store;
  }

  /** The way through a log. */
  @FunctionalInterface
  public interface Progress {
    /** {@code done} of {@code all} records. */
    void at(long done, long all);
  }

  /**
   * Looks at the head, at the newest records and at the mirror. A few milliseconds, whatever the
   * size of the log.
   *
   * @return the first thing that is wrong
   * @throws IOException when the mirror cannot be read
   */
  public Optional<Finding> look(AllLogs.Committed committed) throws IOException {
    Optional<Finding> head = head(committed);
    if (head.isPresent()) {
      return head;
    }
    long size = committed.head().size();
    long last = (size - 1) / Tile.FULL;
    for (long tile = Math.max(0, last - RECENT_TILES + 1); tile <= last; tile++) {
      Optional<Finding> records = records(committed, Tile.ofEntry(tile * Tile.FULL, size));
      if (records.isPresent()) {
        return records;
      }
    }
    return mirror(committed);
  }

  /**
   * Walks over every record of the log, and compares each with the tree, and with the mirror's
   * copy. Memory does not grow with the log.
   *
   * @return the first thing that is wrong
   * @throws IOException when the mirror cannot be read
   */
  public Optional<Finding> walk(AllLogs.Committed committed, Progress progress) throws IOException {
    Optional<Finding> wrong = head(committed);
    long size = committed.head().size();
    Frontier tree = new Frontier();
    while (wrong.isEmpty() && tree.size() < size) {
      Tile tile = Tile.ofEntry(tree.size(), size);
      wrong = records(committed, tile);
      if (wrong.isEmpty()) {
        for (byte[] record : entries(committed, tile)) {
          tree.append(Merkle.leaf(record));
        }
        progress.at(tree.size(), size);
      }
    }
    if (wrong.isEmpty() && !tree.root().equals(committed.head().tree().root())) {
      wrong = tree(committed, 0, "all records together do not give the root of the head");
    }
    return wrong.isPresent() ? wrong : mirror(committed);
  }

  private Optional<Finding> head(AllLogs.Committed committed) {
    Head head = committed.head();
    LogId log = committed.log();
    Note note = head.note();
    List<NoteKey> known = keys.of(log, head.origin());
    boolean signed =
        known.stream()
            .anyMatch(key -> key.check(note, Ed25519::verify) instanceof NoteKey.Check.Signed);
    if (!known.isEmpty() && !signed) {
      return finding(
          committed, Kind.HEAD, head.size() - 1, "the head is not signed by a key of this log");
    }
    try {
      return LogScope.call(
          log,
          () ->
              Frontier.of(head.size(), rows.nodes(log, head.size()))
                      .root()
                      .equals(head.tree().root())
                  ? beyond(committed)
                  : tree(committed, 0, "the stored hashes do not give the root of the head"));
    } catch (IllegalStateException e) {
      return tree(committed, 0, String.valueOf(e.getMessage()));
    }
  }

  /** In one statement, since the log may be growing. */
  private Optional<Finding> beyond(AllLogs.Committed committed) {
    return tables
        .sql(
            committed.log(),
            """
            select leaf_index from {leaf}
             where {log} and leaf_index >= (select size from {head} where {log})
             order by leaf_index limit 1
            """)
        .query(Long.class)
        .optional()
        .flatMap(first -> tree(committed, first, "there are records behind the head"));
  }

  private Optional<Finding> records(AllLogs.Committed committed, Tile tile) throws IOException {
    LogId log = committed.log();
    LogTiles tiles = new LogTiles(app, log, committed.head().size());
    List<byte[]> records;
    byte[] hashes;
    try {
      records = LogScope.call(log, () -> tiles.records(tile));
      hashes =
          LogScope.call(
              log, () -> tiles.content(new Tile(Tile.Kind.HASHES, 0, tile.index(), tile.width())));
    } catch (IllegalStateException e) {
      return finding(
          committed, Kind.RECORD, tile.index() * Tile.FULL, String.valueOf(e.getMessage()));
    }
    Frontier subtree = new Frontier();
    for (int position = 0; position < tile.width(); position++) {
      Hash leaf = Merkle.leaf(records.get(position));
      if (!leaf.equalsAt(hashes, position * Hash.LENGTH)) {
        long index = tile.index() * Tile.FULL + position;
        return finding(
            committed, Kind.RECORD, index, "a record is not the one that its hash was made of");
      }
      subtree.append(leaf);
    }
    Optional<Finding> above =
        tile.full() ? above(committed, tile, subtree.root()) : Optional.empty();
    return above.isPresent() ? above : mirrored(committed, tile, records);
  }

  private Optional<Finding> above(AllLogs.Committed committed, Tile tile, Hash root) {
    LogId log = committed.log();
    Node node = new Node(8, tile.index());
    try {
      Hash stored = LogScope.call(log, () -> rows.nodes(log, committed.head().size()).hash(node));
      return stored.equals(root)
          ? Optional.empty()
          : tree(committed, node.firstLeaf(), "a stored hash does not follow from the records");
    } catch (IllegalStateException e) {
      return tree(committed, node.firstLeaf(), String.valueOf(e.getMessage()));
    }
  }

  private List<byte[]> entries(AllLogs.Committed committed, Tile tile) {
    LogId log = committed.log();
    return LogScope.call(log, () -> new LogTiles(app, log, committed.head().size()).records(tile));
  }

  /** What the mirror has of a tile; it may be behind. */
  private Optional<Finding> mirrored(AllLogs.Committed committed, Tile tile, List<byte[]> records)
      throws IOException {
    if (store == null) {
      return Optional.empty();
    }
    String path = committed.log().name() + "/" + tile.path();
    Optional<byte[]> copy = store.read(path);
    return copy.isEmpty() || Arrays.equals(copy.get(), EntryTile.encode(records))
        ? Optional.empty()
        : finding(
            committed,
            Kind.MIRROR,
            tile.index() * Tile.FULL,
            "`" + path + "` of the mirror is not what the database has");
  }

  private Optional<Finding> mirror(AllLogs.Committed committed) throws IOException {
    if (store == null) {
      return Optional.empty();
    }
    return switch (new LogMirror(store, app).look(committed)) {
      case MirrorState.Current current -> Optional.empty();
      case MirrorState.Behind behind -> Optional.empty();
      case MirrorState.Missing(long noted) ->
          finding(
              committed,
              Kind.MIRROR_MISSING,
              0,
              "the mirror had %,d records and has fewer now".formatted(noted));
      case MirrorState.Diverging(String what, long first) ->
          finding(committed, Kind.MIRROR, first, what);
    };
  }

  private static Optional<Finding> tree(AllLogs.Committed committed, long first, String what) {
    return finding(committed, Kind.TREE, first, what);
  }

  private static Optional<Finding> finding(
      AllLogs.Committed committed, Kind kind, long first, String what) {
    return Optional.of(new Finding(committed.log(), kind, first, what));
  }
}
