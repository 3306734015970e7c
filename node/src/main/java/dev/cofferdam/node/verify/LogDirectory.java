package dev.cofferdam.node.verify;

import dev.cofferdam.protocol.log.EntryTile;
import dev.cofferdam.protocol.log.Hash;
import dev.cofferdam.protocol.log.Note;
import dev.cofferdam.protocol.log.Tile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A log as files in the layout of C2SP tlog-tiles: a mirror, or an export. */
final class LogDirectory {
  private static final long LONGEST_TILE = (long) Tile.FULL * (EntryTile.LONGEST + 2);

  private final Path directory;
  private final String name;

  LogDirectory(Path directory) {
    this.directory = directory;
    this.name = directory.toString();
  }

  LogDirectory(Copy copy) {
    this.directory = copy.directory();
    this.name = copy.toString();
  }

  /**
   * The log's own signed checkpoint.
   *
   * @throws MalformedLogException when it is missing or not one
   */
  Note checkpoint() throws IOException {
    return note(directory.resolve("checkpoint"));
  }

  static Note note(Path file) throws IOException {
    try {
      return Note.parse(Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new MalformedLogException("`" + file + "` is missing");
    } catch (IllegalArgumentException e) {
      throw new MalformedLogException("`" + file + "` is " + e.getMessage());
    }
  }

  /** The entries of a tile; empty when the tile is missing. */
  Optional<List<byte[]>> entries(Tile tile) throws IOException {
    Optional<byte[]> exact = read(tile);
    if (exact.isPresent()) {
      return Optional.of(EntryTile.decode(tile, exact.get()));
    }
    // A partial tile may be gone once the full one is there (C2SP tlog-tiles).
    Tile full = new Tile(tile.kind(), tile.level(), tile.index(), Tile.FULL);
    return read(full).map(content -> EntryTile.decode(full, content).subList(0, tile.width()));
  }

  /** The hashes of a tile, as its bytes; empty when the tile is missing. */
  Optional<byte[]> hashes(Tile tile) throws IOException {
    Optional<byte[]> content = read(tile);
    if (content.isEmpty()) {
      content = read(new Tile(tile.kind(), tile.level(), tile.index(), Tile.FULL));
    }
    return content.filter(bytes -> bytes.length >= tile.width() * Hash.LENGTH);
  }

  private Optional<byte[]> read(Tile tile) throws IOException {
    Path file = directory.resolve(tile.path());
    try {
      if (Files.size(file) > LONGEST_TILE) {
        throw new MalformedLogException("`" + file + "` is larger than any tile");
      }
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
