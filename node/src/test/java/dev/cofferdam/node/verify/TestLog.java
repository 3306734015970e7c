package dev.cofferdam.node.verify;

import dev.cofferdam.protocol.crypto.CryptoProvider;
import dev.cofferdam.protocol.crypto.Ed25519;
import dev.cofferdam.protocol.crypto.KeyAlgorithm;
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
import dev.cofferdam.protocol.log.NoteKey;
import dev.cofferdam.protocol.log.Receipt;
import dev.cofferdam.protocol.log.Succession;
import dev.cofferdam.protocol.log.Tile;
import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.protocol.record.Outcome;
import dev.cofferdam.protocol.record.Party;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** A log as its honest operator, or one with his key, would write it. */
public final class TestLog {
  public static final String ORIGIN = "cofferdam.example/tenant/1";
  private static final String NAME = "tenant/00000000-0000-0000-0000-000000000001";

  private KeyPair pair = CryptoProvider.best().generator(KeyAlgorithm.ED25519).generateKeyPair();
  private final Map<Node, Hash> hashes = new HashMap<>();
  private final Nodes nodes = node -> Objects.requireNonNull(hashes.get(node), node::toString);
  private final List<byte[]> entries = new ArrayList<>();
  private Frontier tree = new Frontier();

  public TestLog grownTo(int size) {
    for (int index = entries.size(); index < size; index++) {
      append(("record " + index).getBytes(StandardCharsets.UTF_8));
    }
    return this;
  }

  /** Changes an entry and computes everything after it again. */
  public void rewrite(int index, String content) {
    List<byte[]> history = new ArrayList<>(entries);
    history.set(index, content.getBytes(StandardCharsets.UTF_8));
    entries.clear();
    hashes.clear();
    tree = new Frontier();
    history.forEach(this::append);
  }

  /**
   * Takes a new key, and records it.
   *
   * @param endorsing the key that vouches for it: the log's, or a stranger's
   */
  void rotate(TestLog endorsing) {
    KeyPair next = CryptoProvider.best().generator(KeyAlgorithm.ED25519).generateKeyPair();
    byte[] successor = Ed25519.raw(next.getPublic().getEncoded());
    Succession succession =
        new Succession(NAME, successor, endorsing.sign(Succession.text(NAME, successor)));
    append(
        new AuditRecord(
                UUID.randomUUID(),
                NAME,
                Instant.ofEpochSecond(1000),
                new Party("platform", "keyring"),
                Succession.ACTION,
                new Party("key", "1"),
                Outcome.DONE,
                null,
                null,
                succession.details(),
                null,
                null)
            .encode());
    pair = next;
  }

  private void append(byte[] entry) {
    entries.add(entry);
    tree.append(Merkle.leaf(entry), hashes::put);
  }

  /** Writes the log into {@code directory}, signed. */
  Path write(Path directory) {
    for (Tile tile : Tile.added(0, entries.size())) {
      write(directory.resolve(tile.path()), content(tile));
    }
    write(directory.resolve("checkpoint"), note(entries.size()).toString());
    return directory;
  }

  private byte[] content(Tile tile) {
    if (tile.kind() == Tile.Kind.HASHES) {
      return HashTile.of(tile, nodes).content();
    }
    int first = (int) tile.index() * Tile.FULL;
    return EntryTile.encode(entries.subList(first, first + tile.width()));
  }

  public Note note(int size) {
    String text = new Checkpoint(ORIGIN, size, Frontier.of(size, nodes).root()).text();
    return new Note(text, List.of(key().sign(text, this::sign)));
  }

  Receipt receipt(int index, int size) {
    return new Receipt(index, InclusionProof.of(index, size, nodes).path(), note(size));
  }

  /** The path of the consistency proof between two sizes. */
  public List<Hash> consistency(int first, int second) {
    return ConsistencyProof.of(first, second, nodes).path();
  }

  byte[] entry(int index) {
    return entries.get(index);
  }

  public NoteKey key() {
    return key(ORIGIN, NoteKey.Use.NOTE);
  }

  NoteKey key(String name, NoteKey.Use use) {
    byte[] encoded = pair.getPublic().getEncoded();
    return NoteKey.of(name, use, Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
  }

  byte[] sign(byte[] message) {
    try {
      Signature signature = CryptoProvider.best().signature(KeyAlgorithm.ED25519);
      signature.initSign(pair.getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static Path write(Path file, String text) {
    return write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  static Path write(Path file, byte[] content) {
    try {
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      return Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
