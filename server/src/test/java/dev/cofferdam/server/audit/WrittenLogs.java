package dev.cofferdam.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.protocol.crypto.CryptoProvider;
import dev.cofferdam.protocol.crypto.KeyAlgorithm;
import dev.cofferdam.protocol.log.Frontier;
import dev.cofferdam.protocol.log.Merkle;
import dev.cofferdam.protocol.log.NoteKey;
import dev.cofferdam.protocol.log.Receipt;
import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.server.audit.store.Head;
import dev.cofferdam.server.audit.store.LogRows;
import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.keyring.Keyring;
import dev.cofferdam.server.keyring.Ring;
import dev.cofferdam.server.keyring.RingKey;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantGate;
import dev.cofferdam.server.testing.RunningServer;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The logs of a running server, as somebody reads them who believes the checkpoint key alone. */
final class WrittenLogs {
  private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final RunningServer server;
  private final LogRows rows;

  WrittenLogs(RunningServer server) {
    this.server = server;
    this.rows = new LogRows(server.app());
  }

  /** The record of a receipt, which is verified as an outsider verifies it. */
  AuditRecord verified(Receipted receipted) {
    byte[] record =
        Scopes.call(
            scope(receipted.log()),
            () -> rows.record(receipted.log(), receipted.receipt().index()).orElseThrow());
    Receipt parsed = Receipt.parse(receipted.receipt().toString());
    String origin = "cofferdam/" + receipted.log().name();
    assertThat(parsed.check(record, origin, key(receipted.log()), WrittenLogs::verify))
        .isInstanceOf(Receipt.Check.Included.class);
    AuditRecord decoded = AuditRecord.decode(record);
    assertThat(decoded.id()).isEqualTo(receipted.id().value());
    assertThat(decoded.log()).isEqualTo(receipted.log().name());
    return decoded;
  }

  /**
   * Computes a whole log again: every leaf, every stored hash, the root and its signature. Gives
   * its records.
   */
  List<AuditRecord> verifyWhole(LogId log) {
    return Scopes.call(
        scope(log),
        () -> {
          Head head = rows.head(log).orElseThrow();
          assertThat(key(log).check(head.note(), WrittenLogs::verify))
              .isInstanceOf(NoteKey.Check.Signed.class);
          Frontier tree = new Frontier();
          List<AuditRecord> records = new ArrayList<>();
          var stored = rows.nodes(log, head.size());
          for (long index = 0; index < head.size(); index++) {
            byte[] record = rows.record(log, index).orElseThrow();
            records.add(AuditRecord.decode(record));
            tree.append(
                Merkle.leaf(record),
                (node, hash) -> assertThat(stored.hash(node)).as(node.toString()).isEqualTo(hash));
          }
          assertThat(rows.record(log, head.size())).isEmpty();
          assertThat(tree.root()).isEqualTo(head.checkpoint().root());
          assertThat(records.stream().map(AuditRecord::id)).doesNotHaveDuplicates();
          return records;
        });
  }

  /** The records of a log once nothing of it waits any more. */
  List<AuditRecord> settled(LogId log) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < until && waiting(log) > 0) {
      Thread.onSpinWait();
    }
    assertThat(waiting(log)).isZero();
    return verifyWhole(log);
  }

  long waiting(LogId log) {
    return server
        .superuser()
        .sql("select count(*) from audit.outbox where log_id = :log")
        .param("log", log.key())
        .query(Long.class)
        .single();
  }

  NoteKey key(LogId log) {
    Keyring keyring = server.bean(Keyring.class);
    Optional<byte[]> encoded =
        switch (log) {
          case LogId.OfPlatform platform ->
              Scopes.call(
                  new Scope.OfPlatform(new Purpose("keyring")),
                  () -> published(keyring, new Ring.OfPlatform(KeyPurpose.PLATFORM_CHECKPOINT)));
          case LogId.OfTenant tenant ->
              Scopes.call(
                  server.bean(TenantGate.class).scopeOf(tenant.tenant()).orElseThrow(),
                  () ->
                      published(
                          keyring, new Ring.OfTenant(tenant.tenant(), KeyPurpose.CHECKPOINT)));
        };
    byte[] raw = new byte[32];
    ByteBuffer.wrap(encoded.orElseThrow()).position(PREFIX.length).get(raw);
    return NoteKey.of("cofferdam/" + log.name(), NoteKey.Use.NOTE, raw);
  }

  private static Optional<byte[]> published(Keyring keyring, Ring ring) {
    try (RingKey key = keyring.active(ring)) {
      return key.publicKey();
    }
  }

  static Scope scope(LogId log) {
    return StoredReceipts.scope(log);
  }

  static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
    try {
      CryptoProvider provider = CryptoProvider.jdk();
      byte[] encoded =
          ByteBuffer.allocate(PREFIX.length + publicKey.length).put(PREFIX).put(publicKey).array();
      Signature verifier = provider.signature(KeyAlgorithm.ED25519);
      verifier.initVerify(provider.publicKey(KeyAlgorithm.ED25519, encoded));
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
