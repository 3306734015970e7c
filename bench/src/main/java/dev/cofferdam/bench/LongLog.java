package dev.cofferdam.bench;

import dev.cofferdam.protocol.crypto.CryptoProvider;
import dev.cofferdam.protocol.crypto.Ed25519;
import dev.cofferdam.protocol.crypto.KeyAlgorithm;
import dev.cofferdam.protocol.log.Checkpoint;
import dev.cofferdam.protocol.log.Frontier;
import dev.cofferdam.protocol.log.Hash;
import dev.cofferdam.protocol.log.Merkle;
import dev.cofferdam.protocol.log.Node;
import dev.cofferdam.protocol.log.Note;
import dev.cofferdam.protocol.log.NoteKey;
import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.protocol.record.Outcome;
import dev.cofferdam.protocol.record.Party;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/**
 * A log of many records, copied into the tables in the form in which a committer leaves it: every
 * record, every stored hash, and a signed head. Only that nobody waited for each of them.
 */
final class LongLog {
  static final UUID TENANT = UUID.fromString("019aad2e-0000-7000-8000-000000000001");

  private static final String ORIGIN = "bench.example/tenant/" + TENANT;
  private static final int TILE_HEIGHT = 8;
  private static final byte[] HEADER = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0
  };
  private static final int BUFFER = 1 << 20;
  private static final int EVERY = 1 << 20;

  private final Frontier tree = new Frontier();
  private final List<StoredNode> nodes = new ArrayList<>();
  private final KeyPair pair =
      CryptoProvider.best().generator(KeyAlgorithm.ED25519).generateKeyPair();
  private final NoteKey key =
      NoteKey.of(ORIGIN, NoteKey.Use.NOTE, Ed25519.raw(pair.getPublic().getEncoded()));

  /** The roots of the log at a few sizes, as somebody may have kept them. */
  private final NavigableMap<Long, Hash> kept = new TreeMap<>();

  private record StoredNode(int tileLevel, long index, Hash hash) {}

  /**
   * Copies {@code records} records.
   *
   * @param superuser on Cofferdam's database
   * @param sizes at which the root is kept
   * @param progress gets how many are there, now and then
   */
  void copy(Connection superuser, long records, Set<Long> sizes, LongConsumer progress)
      throws SQLException, IOException {
    try (DataOutputStream out = copying(superuser, "audit.leaf")) {
      for (long index = 0; index < records; index++) {
        byte[] record = record(index).encode();
        Hash hash = Merkle.leaf(record);
        out.writeShort(5);
        write(out, TENANT);
        write(out, index);
        write(out, id(index));
        write(out, hash.bytes());
        write(out, record);
        tree.append(hash, this::keep);
        if (sizes.contains(index + 1)) {
          kept.put(index + 1, tree.root());
        }
        if ((index + 1) % EVERY == 0) {
          progress.accept(index + 1);
        }
      }
      out.writeShort(-1);
    }
    try (DataOutputStream out = copying(superuser, "audit.node")) {
      for (StoredNode node : nodes) {
        out.writeShort(4);
        write(out, TENANT);
        out.writeInt(Integer.BYTES);
        out.writeInt(node.tileLevel());
        write(out, node.index());
        write(out, node.hash().bytes());
      }
      out.writeShort(-1);
    }
    putHead(superuser);
  }

  private static DataOutputStream copying(Connection superuser, String table)
      throws SQLException, IOException {
    OutputStream copy =
        new PGCopyOutputStream(
            superuser.unwrap(PGConnection.class),
            "copy %s from stdin with (format binary)".formatted(table),
            BUFFER);
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(copy, BUFFER));
    out.write(HEADER);
    out.writeLong(0);
    return out;
  }

  private static void write(DataOutputStream out, UUID id) throws IOException {
    out.writeInt(2 * Long.BYTES);
    out.writeLong(id.getMostSignificantBits());
    out.writeLong(id.getLeastSignificantBits());
  }

  private static void write(DataOutputStream out, long number) throws IOException {
    out.writeInt(Long.BYTES);
    out.writeLong(number);
  }

  private static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private void keep(Node node, Hash hash) {
    if (node.level() > 0 && node.level() % TILE_HEIGHT == 0) {
      nodes.add(new StoredNode(node.level() / TILE_HEIGHT, node.index(), hash));
    }
  }

  private void putHead(Connection superuser) throws SQLException {
    String text = new Checkpoint(ORIGIN, tree.size(), tree.root()).text();
    Note.Signature signature = key.sign(text, this::sign);
    byte[] frontier = new byte[tree.subtrees().size() * Hash.LENGTH];
    for (int at = 0; at < tree.subtrees().size(); at++) {
      tree.subtrees().get(at).copyTo(frontier, at * Hash.LENGTH);
    }
    try (PreparedStatement insert =
        superuser.prepareStatement("insert into audit.head values (?, ?, ?, ?, ?)")) {
      insert.setObject(1, TENANT);
      insert.setString(2, ORIGIN);
      insert.setLong(3, tree.size());
      insert.setBytes(4, frontier);
      insert.setBytes(5, signature.content());
      insert.executeUpdate();
    }
  }

  /** The roots at the sizes that were asked for, computed while the log was made. */
  NavigableMap<Long, Hash> kept() {
    return Collections.unmodifiableNavigableMap(kept);
  }

  /** The key that has signed the head. */
  NoteKey key() {
    return key;
  }

  /** The record at an index. */
  static AuditRecord record(long index) {
    return new AuditRecord(
        id(index),
        "tenant/" + TENANT,
        Instant.ofEpochSecond(1_763_800_000).plusMillis(index),
        new Party("node", "019aad2e-0000-7000-8000-000000000002"),
        "secret.read",
        new Party("secret", "db-password"),
        Outcome.DONE,
        null,
        "019aad2e-6f00-7000-9000-000000000000",
        Map.of("version", Long.toString(index % 9)),
        null,
        null);
  }

  private static UUID id(long index) {
    return new UUID(0x019aad2e6f007000L, 0x8000000000000000L | index);
  }

  private byte[] sign(byte[] message) {
    try {
      Signature signature = CryptoProvider.best().signature(KeyAlgorithm.ED25519);
      signature.initSign(pair.getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
