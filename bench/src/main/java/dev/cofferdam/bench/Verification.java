package dev.cofferdam.bench;

import dev.cofferdam.node.verify.Copy;
import dev.cofferdam.node.verify.LogVerification;
import dev.cofferdam.node.verify.Span;
import dev.cofferdam.node.verify.Trust;
import dev.cofferdam.node.verify.Verdict;
import dev.cofferdam.protocol.crypto.CryptoProvider;
import dev.cofferdam.protocol.crypto.Ed25519;
import dev.cofferdam.protocol.crypto.KeyAlgorithm;
import dev.cofferdam.protocol.log.Checkpoint;
import dev.cofferdam.protocol.log.EntryTile;
import dev.cofferdam.protocol.log.Frontier;
import dev.cofferdam.protocol.log.Hash;
import dev.cofferdam.protocol.log.HashTile;
import dev.cofferdam.protocol.log.Merkle;
import dev.cofferdam.protocol.log.Node;
import dev.cofferdam.protocol.log.Nodes;
import dev.cofferdam.protocol.log.Note;
import dev.cofferdam.protocol.log.NoteKey;
import dev.cofferdam.protocol.log.Tile;
import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.protocol.record.Outcome;
import dev.cofferdam.protocol.record.Party;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * What verifying a log costs, by one thread: beside reading the same files and hashing each record
 * once, which no verifier can do without.
 */
final class Verification {
  static final String TITLE = "verification of a log, one thread, records";

  private static final int RECORDS = 100 * Tile.FULL;
  private static final String ORIGIN = "bench.example/tenant/1";

  private final Path directory;
  private final List<byte[]> records = new ArrayList<>();
  private final Map<Node, Hash> hashes = new HashMap<>();
  private final KeyPair pair =
      CryptoProvider.best().generator(KeyAlgorithm.ED25519).generateKeyPair();
  private final NoteKey key =
      NoteKey.of(ORIGIN, NoteKey.Use.NOTE, Ed25519.raw(pair.getPublic().getEncoded()));

  private Verification(Path directory) {
    this.directory = directory;
  }

  /** Writes a log below {@code directory}, and says how to measure on it. */
  static Contest contest(Path directory) throws IOException {
    Verification verification = new Verification(directory);
    verification.write();
    return new Contest(
        TITLE,
        1,
        List.of(
            new Contender("read and hash", item -> verification.hash(), RECORDS),
            new Contender("verify", item -> verification.verify(Span.WHOLE), RECORDS),
            new Contender(
                "verify half of it",
                item -> verification.verify(new Span(0, RECORDS / 2)),
                RECORDS / 2)),
        List.of(
            Bar.rate("records verified a second, by one thread", "verify", 200_000, 400_000),
            Bar.ratio(
                "verifying against reading and hashing alone",
                "verify",
                "read and hash",
                0.4,
                0.6)),
        Callers.ONE);
  }

  private void hash() throws IOException {
    for (long first = 0; first < RECORDS; first += Tile.FULL) {
      Tile tile = Tile.ofEntry(first, RECORDS);
      byte[] content = Files.readAllBytes(directory.resolve(tile.path()));
      for (byte[] record : EntryTile.decode(tile, content)) {
        Merkle.leaf(record);
      }
    }
  }

  private void verify(Span span) {
    Trust trust = new Trust(key, List.of(directory.resolve("kept")), List.of(), List.<Copy>of());
    Verdict verdict = new LogVerification(directory, trust, span).verify((done, all) -> {});
    if (!(verdict instanceof Verdict.Clean)) {
      throw new IllegalStateException(verdict.sentence());
    }
  }

  private void write() throws IOException {
    Frontier tree = new Frontier();
    for (int index = 0; index < RECORDS; index++) {
      byte[] record = record(index).encode();
      records.add(record);
      tree.append(Merkle.leaf(record), hashes::put);
    }
    Nodes nodes = node -> Objects.requireNonNull(hashes.get(node), node::toString);
    for (Tile tile : Tile.added(0, RECORDS)) {
      byte[] content =
          switch (tile.kind()) {
            case HASHES -> HashTile.of(tile, nodes).content();
            case ENTRIES -> {
              int first = (int) tile.index() * Tile.FULL;
              yield EntryTile.encode(records.subList(first, first + tile.width()));
            }
          };
      Path file = directory.resolve(tile.path());
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.write(file, content);
    }
    Files.writeString(directory.resolve("checkpoint"), note(tree).toString());
    Files.writeString(directory.resolve("kept"), note(Frontier.of(RECORDS / 2, nodes)).toString());
    records.clear();
    hashes.clear();
  }

  private static AuditRecord record(int index) {
    return new AuditRecord(
        UUID.fromString("019aad2e-6f00-7000-8000-%012x".formatted(index)),
        "tenant/019aad2e-0000-7000-8000-000000000001",
        Instant.ofEpochSecond(1_763_800_000).plusMillis(index),
        new Party("node", "019aad2e-0000-7000-8000-000000000002"),
        "secret.read",
        new Party("secret", "db-password"),
        Outcome.DONE,
        null,
        "019aad2e-6f00-7000-9000-%012x".formatted(index),
        Map.of("version", Integer.toString(index % 9)),
        null,
        null);
  }

  private Note note(Frontier tree) {
    String text = new Checkpoint(ORIGIN, tree.size(), tree.root()).text();
    return new Note(text, List.of(key.sign(text, this::sign)));
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
