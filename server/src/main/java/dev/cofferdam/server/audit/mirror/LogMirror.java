package dev.cofferdam.server.audit.mirror;

import dev.cofferdam.protocol.log.Checkpoint;
import dev.cofferdam.protocol.log.Frontier;
import dev.cofferdam.protocol.log.Note;
import dev.cofferdam.protocol.log.Tile;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.store.AllLogs;
import dev.cofferdam.server.audit.store.Head;
import dev.cofferdam.server.audit.store.LogRows;
import dev.cofferdam.server.audit.store.LogScope;
import dev.cofferdam.server.audit.store.LogTiles;
import dev.cofferdam.server.audit.witness.Cosigning;
import dev.cofferdam.server.audit.witness.Witness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The mirror of each log: compares it with the log, and brings it up to the log's head. */
public final class LogMirror {
  private final MirrorStore store;
  private final JdbcClient app;
  private final LogRows rows;
  private final @Nullable Witness witness;

  /**
   * @param app runs as {@code cofferdam_app}
   */
  public LogMirror(MirrorStore store, JdbcClient app) {
    this(store, app, null);
  }

  /**
   * @param app runs as {@code cofferdam_app}
   * @param witness who cosigns each checkpoint before it is mirrored, or null
   */
  public LogMirror(MirrorStore store, JdbcClient app, @Nullable Witness witness) {
    this.store = store;
    this.app = app;
    this.rows = new LogRows(app);
    this.witness = witness;
  }

  private record Found(byte[] content, Note note, Checkpoint checkpoint) {}

  /** How the mirror stands to what was committed; changes nothing. */
  public MirrorState look(AllLogs.Committed committed) throws IOException {
    try {
      return compare(committed, found(committed.log()));
    } catch (IllegalArgumentException e) {
      return unreadable(e);
    }
  }

  /**
   * Brings the mirror up to what was committed: tiles first, the checkpoint last. What a kill left
   * unfinished is found again and compared.
   *
   * @throws IOException when the mirror cannot be read or written
   */
  public MirrorState advance(AllLogs.Committed committed) throws IOException {
    try {
      Optional<Found> found = found(committed.log());
      MirrorState state = compare(committed, found);
      return switch (state) {
        case MirrorState.Behind behind -> write(committed, found, behind.size());
        case MirrorState.Current current ->
            isCosigned(found) ? current : putCheckpoint(committed, found, current.size());
        case MirrorState.Missing missing -> missing;
        case MirrorState.Diverging diverging -> diverging;
      };
    } catch (IllegalArgumentException e) {
      return unreadable(e);
    }
  }

  /**
   * Makes sure that the mirror takes what is written to it, whether anything was to be written or
   * not.
   *
   * @throws IOException when it does not
   */
  public void tryOut() throws IOException {
    store.tryOut();
  }

  /** Whether nobody is left to be asked about the mirror's checkpoint. */
  public boolean isCosigned(LogId log) throws IOException {
    return isCosigned(found(log));
  }

  private boolean isCosigned(Optional<Found> found) {
    return witness == null || (found.isPresent() && witness.hasCosigned(found.get().note()));
  }

  private static MirrorState unreadable(IllegalArgumentException e) {
    return new MirrorState.Diverging("the mirror's checkpoint is " + e.getMessage(), 0);
  }

  private Optional<Found> found(LogId log) throws IOException {
    return store
        .read(log.name() + "/checkpoint")
        .map(
            content -> {
              Note note = Note.parse(new String(content, StandardCharsets.UTF_8));
              return new Found(content, note, Checkpoint.parse(note.text()));
            });
  }

  private MirrorState compare(AllLogs.Committed committed, Optional<Found> found) {
    long size = found.map(it -> it.checkpoint().size()).orElse(0L);
    Head head = committed.head();
    if (size < committed.mirrored()) {
      return new MirrorState.Missing(committed.mirrored());
    }
    if (size > head.size()) {
      return new MirrorState.Diverging(
          "the mirror has %,d records and the database %,d: the database was cut or rolled back"
              .formatted(size, head.size()),
          head.size());
    }
    if (found.isPresent() && !agrees(committed.log(), head, found.get().checkpoint())) {
      return new MirrorState.Diverging(
          "the first %,d records in the database do not give the mirror's root".formatted(size), 0);
    }
    return size == head.size()
        ? new MirrorState.Current(size)
        : new MirrorState.Behind(size, head.size());
  }

  private boolean agrees(LogId log, Head head, Checkpoint mirrored) {
    if (!mirrored.origin().equals(head.origin())) {
      return false;
    }
    if (mirrored.size() == head.size()) {
      return mirrored.root().equals(head.tree().root());
    }
    Frontier tree =
        LogScope.call(log, () -> Frontier.of(mirrored.size(), rows.nodes(log, head.size())));
    return tree.root().equals(mirrored.root());
  }

  private MirrorState write(AllLogs.Committed committed, Optional<Found> found, long before)
      throws IOException {
    LogId log = committed.log();
    Head head = committed.head();
    LogTiles tiles = new LogTiles(app, log, head.size());
    List<Tile> added = Tile.added(before, head.size());
    for (Tile tile : added) {
      byte[] content = LogScope.call(log, () -> tiles.content(tile));
      String path = log.name() + "/" + tile.path();
      if (!store.put(path, null, content)
          && !Arrays.equals(store.read(path).orElse(null), content)) {
        return new MirrorState.Diverging(
            "`" + path + "` is not what follows from the database", tile.node(0).firstLeaf());
      }
    }
    MirrorState state = putCheckpoint(committed, found, before);
    if (state instanceof MirrorState.Current) {
      removePartials(log, added);
    }
    return state;
  }

  private MirrorState putCheckpoint(AllLogs.Committed committed, Optional<Found> found, long before)
      throws IOException {
    Head head = committed.head();
    Note note = head.note();
    if (witness != null) {
      switch (witness.cosign(committed.log(), head, before)) {
        case Cosigning.Cosigned(Note.Signature signature) -> note = note.with(signature);
        case Cosigning.Unavailable unavailable -> {}
        case Cosigning.Diverging(String what, long first) -> {
          return new MirrorState.Diverging(what, first);
        }
      }
    }
    byte[] checkpoint = note.toString().getBytes(StandardCharsets.UTF_8);
    boolean put =
        store.put(
            committed.log().name() + "/checkpoint",
            found.map(Found::content).orElse(null),
            checkpoint);
    // Else another server was faster: the next look compares with what it wrote.
    return put ? new MirrorState.Current(head.size()) : new MirrorState.Behind(before, head.size());
  }

  private void removePartials(LogId log, List<Tile> added) throws IOException {
    for (Tile tile : added) {
      if (tile.full()) {
        String partials = log.name() + "/" + tile.path() + ".p";
        for (String name : store.list(partials)) {
          store.removePartial(partials + "/" + name);
        }
      }
    }
  }
}
