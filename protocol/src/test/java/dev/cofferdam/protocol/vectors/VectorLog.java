package dev.cofferdam.protocol.vectors;

import dev.cofferdam.protocol.log.Checkpoint;
import dev.cofferdam.protocol.log.ConsistencyProof;
import dev.cofferdam.protocol.log.EntryTile;
import dev.cofferdam.protocol.log.Frontier;
import dev.cofferdam.protocol.log.Hash;
import dev.cofferdam.protocol.log.HashTile;
import dev.cofferdam.protocol.log.InclusionProof;
import dev.cofferdam.protocol.log.Merkle;
import dev.cofferdam.protocol.log.Node;
import dev.cofferdam.protocol.log.Nodes;
import dev.cofferdam.protocol.log.Note;
import dev.cofferdam.protocol.log.Receipt;
import dev.cofferdam.protocol.log.Tile;
import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.protocol.record.Outcome;
import dev.cofferdam.protocol.record.Party;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** The log of the vectors: 260 records, so that there is a full tile, a partial one, and a root. */
final class VectorLog {
  /** In its records. */
  static final String NAME = VectorKey.LOG.key().name().substring("example.com/".length());

  static final int SIZE = 260;
  static final Instant BEGIN = Instant.parse("2026-11-22T17:00:00.000001Z");

  private final List<byte[]> entries = new ArrayList<>();
  private final Map<Node, Hash> hashes = new HashMap<>();
  private final Nodes nodes = node -> Objects.requireNonNull(hashes.get(node), node::toString);

  VectorLog() {
    Frontier tree = new Frontier();
    for (int index = 0; index < SIZE; index++) {
      byte[] entry = record(index).encode();
      entries.add(entry);
      tree.append(Merkle.leaf(entry), hashes::put);
    }
  }

  private static AuditRecord record(int index) {
    boolean denied = index % 5 == 4;
    return new AuditRecord(
        UUID.fromString("019aad2e-6f00-7000-8000-%012x".formatted(index)),
        NAME,
        BEGIN.plusMillis(index),
        new Party("node", "019aad2e-0000-7000-8000-000000000002"),
        "secret.read",
        new Party("secret", "key-" + index),
        denied ? Outcome.DENIED : Outcome.DONE,
        denied ? "not_found" : null,
        "req-" + index,
        Map.of(),
        null,
        null);
  }

  byte[] entry(int index) {
    return entries.get(index);
  }

  byte[] content(Tile tile) {
    if (tile.kind() == Tile.Kind.HASHES) {
      return HashTile.of(tile, nodes).content();
    }
    int first = (int) tile.index() * Tile.FULL;
    return EntryTile.encode(entries.subList(first, first + tile.width()));
  }

  Hash root(int size) {
    return Frontier.of(size, nodes).root();
  }

  Note note(int size) {
    String text = new Checkpoint(VectorKey.LOG.key().name(), size, root(size)).text();
    return new Note(text, List.of(VectorKey.LOG.key().sign(text, VectorKey.LOG::sign)));
  }

  Note cosigned(int size, Instant at) {
    Note note = note(size);
    return note.with(VectorKey.WITNESS.key().cosign(note, at, VectorKey.WITNESS::sign));
  }

  InclusionProof inclusion(int index, int size) {
    return InclusionProof.of(index, size, nodes);
  }

  ConsistencyProof consistency(int first, int second) {
    return ConsistencyProof.of(first, second, nodes);
  }

  Receipt receipt(int index, Note note, int size) {
    return new Receipt(index, inclusion(index, size).path(), note);
  }
}
