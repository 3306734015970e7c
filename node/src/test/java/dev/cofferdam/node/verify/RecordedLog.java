package dev.cofferdam.node.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.protocol.log.EntryTile;
import dev.cofferdam.protocol.log.Note;
import dev.cofferdam.protocol.log.NoteKey;
import dev.cofferdam.protocol.log.Tile;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the server's RecordedLogTest left: a log of 300 records, checkpoints of its youth, and a
 * second history from record 150 on that the same key signed.
 *
 * @param youth by size
 */
record RecordedLog(
    NoteKey key, LogFiles honest, LogFiles fork, List<byte[]> entries, Map<Integer, Note> youth) {
  static final int SIZE = 300;
  static final int FORKED_AT = 150;

  /**
   * A log in the tiles layout, in memory.
   *
   * @param files by path
   */
  record LogFiles(Map<String, byte[]> files) {
    byte[] file(String path) {
      return Objects.requireNonNull(files.get(path), path);
    }

    /** The same with other contents of a file, or without it where these are null. */
    LogFiles with(String path, byte @org.jspecify.annotations.Nullable [] content) {
      Map<String, byte[]> changed = new TreeMap<>(files);
      if (content == null) {
        changed.remove(path);
      } else {
        changed.put(path, content);
      }
      return new LogFiles(changed);
    }

    /** Writes what differs from what is there. */
    void replace(Path folder, Map<String, byte[]> there) throws IOException {
      for (String gone : there.keySet()) {
        if (!files.containsKey(gone)) {
          Files.delete(folder.resolve(gone));
        }
      }
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        if (!Arrays.equals(file.getValue(), there.get(file.getKey()))) {
          Path path = folder.resolve(file.getKey());
          Files.createDirectories(Objects.requireNonNull(path.getParent()));
          Files.write(path, file.getValue());
        }
      }
    }

    private static LogFiles read(Path folder) throws IOException {
      Map<String, byte[]> files = new TreeMap<>();
      try (Stream<Path> paths = Files.walk(folder)) {
        for (Path path : paths.filter(Files::isRegularFile).toList()) {
          files.put(folder.relativize(path).toString(), Files.readAllBytes(path));
        }
      }
      return new LogFiles(files);
    }
  }

  static RecordedLog read() throws IOException {
    Path folder = folder();
    LogFiles honest = LogFiles.read(folder.resolve("log"));
    List<byte[]> entries = new ArrayList<>();
    for (Tile tile : Tile.added(0, SIZE)) {
      if (tile.kind() == Tile.Kind.ENTRIES) {
        entries.addAll(EntryTile.decode(tile, honest.file(tile.path())));
      }
    }
    Map<Integer, Note> youth = new HashMap<>();
    for (int size : List.of(100, 200, 256)) {
      youth.put(size, Note.parse(Files.readString(folder.resolve("checkpoint-" + size))));
    }
    return new RecordedLog(
        NoteKey.parse(Files.readString(folder.resolve("key")).strip()),
        honest,
        LogFiles.read(folder.resolve("fork")),
        List.copyOf(entries),
        Map.copyOf(youth));
  }

  private static Path folder() throws IOException {
    try {
      return Path.of(Objects.requireNonNull(RecordedLog.class.getResource("recorded/key")).toURI())
          .resolveSibling("");
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  /** The log's checkpoint as it was when it had 256 records and when it was recorded, kept. */
  Trust trust(Path folder) throws IOException {
    Path young = Files.writeString(folder.resolve("kept-256"), youth.get(256) + "");
    Path own =
        Files.writeString(folder.resolve("kept-300"), new String(honest.file("checkpoint"), UTF_8));
    return new Trust(key, List.of(young, own), List.of(), List.of());
  }
}
