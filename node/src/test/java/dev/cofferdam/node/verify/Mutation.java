package dev.cofferdam.node.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.node.verify.RecordedLog.LogFiles;
import dev.cofferdam.protocol.log.Checkpoint;
import dev.cofferdam.protocol.log.EntryTile;
import dev.cofferdam.protocol.log.Frontier;
import dev.cofferdam.protocol.log.Hash;
import dev.cofferdam.protocol.log.HashTile;
import dev.cofferdam.protocol.log.Merkle;
import dev.cofferdam.protocol.log.Node;
import dev.cofferdam.protocol.log.Note;
import dev.cofferdam.protocol.log.Tile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** The ways in which somebody may have been at a log. */
enum Mutation {
  /** One bit of an entry, a hash or the checkpoint. */
  BIT {
    @Override
    Mutated of(RecordedLog log, RandomGenerator random) {
      return inOneFile(
          log,
          random,
          content -> {
            int at = random.nextInt(content.length);
            content[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            return content;
          });
    }
  },

  /** A file that ends too early. */
  CUT_FILE {
    @Override
    Mutated of(RecordedLog log, RandomGenerator random) {
      return inOneFile(
          log, random, content -> Arrays.copyOf(content, random.nextInt(content.length)));
    }
  },

  /** A file that is gone. */
  LOST_FILE {
    @Override
    Mutated of(RecordedLog log, RandomGenerator random) {
      String path = anyFile(log, random);
      return new Mutated(path + " is gone", 0, log.honest().with(path, null));
    }
  },

  /** Another record in place of one, with every hash computed again. */
  ROW {
    @Override
    Mutated of(RecordedLog log, RandomGenerator random) {
      int at = random.nextInt(RecordedLog.SIZE);
      List<byte[]> entries = new ArrayList<>(log.entries());
      byte[] edited = entries.get(at).clone();
      edited[random.nextInt(edited.length)]++;
      entries.set(at, edited);
      return computedAgain("record " + at + " edited", at, entries, own(log));
    }
  },

  /** The same, with the hash of the record alone computed again. */
  ROW_AND_ITS_HASH {
    @Override
    Mutated of(RecordedLog log, RandomGenerator random) {
      Mutated whole = ROW.of(log, random);
      LogFiles files = whole.files();
      for (String path : log.honest().files().keySet()) {
        if (path.startsWith("tile/1/")) {
          files = files.with(path, log.honest().file(path));
        }
      }
      return new Mutated(whole.what(), whole.first(), files);
    }
  },

  /** Two records in each other's place. */
  ORDER {
    @Override
    Mutated of(RecordedLog log, RandomGenerator random) {
      int one = random.nextInt(RecordedLog.SIZE);
      int other = (one + 1 + random.nextInt(RecordedLog.SIZE - 1)) % RecordedLog.SIZE;
      List<byte[]> entries = new ArrayList<>(log.entries());
      Collections.swap(entries, one, other);
      return computedAgain(
          one + " and " + other + " swapped", Math.min(one, other), entries, own(log));
    }
  },

  /** One record less, and all after it moved up. */
  REMOVAL {
    @Override
    Mutated of(RecordedLog log, RandomGenerator random) {
      int at = random.nextInt(RecordedLog.SIZE);
      List<byte[]> entries = new ArrayList<>(log.entries());
      entries.remove(at);
      return computedAgain("record " + at + " removed", at, entries, own(log));
    }
  },

  /** One record more. */
  INSERTION {
    @Override
    Mutated of(RecordedLog log, RandomGenerator random) {
      int at = random.nextInt(RecordedLog.SIZE);
      List<byte[]> entries = new ArrayList<>(log.entries());
      entries.add(at, entries.get(random.nextInt(RecordedLog.SIZE)));
      return computedAgain("a record inserted at " + at, at, entries, own(log));
    }
  },

  /** The tail is gone, and the checkpoint is what it was, or claims the new size. */
  TRUNCATION {
    @Override
    Mutated of(RecordedLog log, RandomGenerator random) {
      int size = random.nextInt(RecordedLog.SIZE);
      List<byte[]> entries = log.entries().subList(0, size);
      Note note = random.nextBoolean() ? own(log) : claimed(log, own(log), entries);
      return computedAgain("cut to " + size, size, entries, note);
    }
  },

  /** The whole database as it once was, with the checkpoint that was signed then. */
  ROLLBACK {
    @Override
    Mutated of(RecordedLog log, RandomGenerator random) {
      int size = List.of(100, 200, 256).get(random.nextInt(3));
      return computedAgain(
          "rolled back to " + size,
          size,
          log.entries().subList(0, size),
          Objects.requireNonNull(log.youth().get(size)));
    }
  },

  /** An honest past with the checkpoint of another moment. */
  WRONG_MOMENT {
    @Override
    Mutated of(RecordedLog log, RandomGenerator random) {
      int size = List.of(100, 200, 256).get(random.nextInt(3));
      Note young = Objects.requireNonNull(log.youth().get(size));
      return new Mutated(
          "the checkpoint of " + size, 0, log.honest().with("checkpoint", bytes(young)));
    }
  },

  /** Another history, which the log's own key has signed. */
  SPLIT_VIEW {
    @Override
    Mutated of(RecordedLog log, RandomGenerator random) {
      return new Mutated("the fork", RecordedLog.FORKED_AT, log.fork());
    }
  },

  /** Some files of one history and some of the other. */
  MIXED_VIEWS {
    @Override
    Mutated of(RecordedLog log, RandomGenerator random) {
      List<String> differing =
          log.honest().files().keySet().stream()
              .filter(path -> !Arrays.equals(log.honest().file(path), log.fork().file(path)))
              .toList();
      LogFiles files = log.honest();
      int bits = 1 + random.nextInt((1 << differing.size()) - 1);
      for (int i = 0; i < differing.size(); i++) {
        if ((bits >> i & 1) == 1) {
          files = files.with(differing.get(i), log.fork().file(differing.get(i)));
        }
      }
      return new Mutated("a mixture " + bits, 0, files);
    }
  },

  /** A rewritten tail, signed by a key of the same name that is not the log's. */
  WRONG_KEY {
    @Override
    Mutated of(RecordedLog log, RandomGenerator random) {
      int at = random.nextInt(RecordedLog.SIZE);
      List<byte[]> entries = new ArrayList<>(log.entries());
      entries.set(at, ("{\"number\":" + random.nextLong() + "}").getBytes(UTF_8));
      Note unsigned = claimed(log, own(log), entries);
      Note signed =
          new Note(
              unsigned.text(),
              List.of(
                  STRANGER
                      .key(log.key().name(), dev.cofferdam.protocol.log.NoteKey.Use.NOTE)
                      .sign(unsigned.text(), STRANGER::sign)));
      return computedAgain("signed by another key", 0, entries, signed);
    }
  };

  private static final TestLog STRANGER = new TestLog();

  /**
   * What became of the log.
   *
   * @param first the lowest index that may be named as the last to diverge
   */
  record Mutated(String what, long first, LogFiles files) {}

  private interface Change {
    byte[] of(byte[] content);
  }

  abstract Mutated of(RecordedLog log, RandomGenerator random);

  static Note own(RecordedLog log) {
    return Note.parse(new String(log.honest().file("checkpoint"), UTF_8));
  }

  private static byte[] bytes(Note note) {
    return note.toString().getBytes(UTF_8);
  }

  static String anyFile(RecordedLog log, RandomGenerator random) {
    List<String> paths = List.copyOf(log.honest().files().keySet());
    return paths.get(random.nextInt(paths.size()));
  }

  static Mutated inOneFile(RecordedLog log, RandomGenerator random, Change change) {
    String path = anyFile(log, random);
    byte[] content = change.of(log.honest().file(path).clone());
    return new Mutated(path + " changed", 0, log.honest().with(path, content));
  }

  /** A checkpoint of these entries, with a signature that was made of others. */
  static Note claimed(RecordedLog log, Note signed, List<byte[]> entries) {
    Map<Node, Hash> hashes = hashes(entries);
    Hash root =
        Frontier.of(entries.size(), node -> Objects.requireNonNull(hashes.get(node))).root();
    return new Note(
        new Checkpoint(log.key().name(), entries.size(), root).text(), signed.signatures());
  }

  private static Map<Node, Hash> hashes(List<byte[]> entries) {
    Map<Node, Hash> hashes = new HashMap<>();
    Frontier tree = new Frontier();
    entries.forEach(entry -> tree.append(Merkle.leaf(entry), hashes::put));
    return hashes;
  }

  /** A log of these entries, whole in itself. */
  static Mutated computedAgain(String what, long touched, List<byte[]> entries, Note note) {
    // Of another length, a log has other partial tiles: then a whole tile is missing.
    long first = entries.size() == RecordedLog.SIZE ? touched : touched / Tile.FULL * Tile.FULL;
    Map<Node, Hash> hashes = hashes(entries);
    Map<String, byte[]> files = new TreeMap<>();
    for (Tile tile : Tile.added(0, entries.size())) {
      int begin = (int) tile.index() * Tile.FULL;
      files.put(
          tile.path(),
          tile.kind() == Tile.Kind.HASHES
              ? HashTile.of(tile, node -> Objects.requireNonNull(hashes.get(node))).content()
              : EntryTile.encode(entries.subList(begin, begin + tile.width())));
    }
    files.put("checkpoint", bytes(note));
    return new Mutated(what, first, new LogFiles(files));
  }
}
