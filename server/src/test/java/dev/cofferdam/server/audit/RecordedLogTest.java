package dev.cofferdam.server.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.protocol.crypto.Ed25519;
import dev.cofferdam.protocol.log.Checkpoint;
import dev.cofferdam.protocol.log.EntryTile;
import dev.cofferdam.protocol.log.Frontier;
import dev.cofferdam.protocol.log.Hash;
import dev.cofferdam.protocol.log.HashTile;
import dev.cofferdam.protocol.log.Merkle;
import dev.cofferdam.protocol.log.Node;
import dev.cofferdam.protocol.log.Note;
import dev.cofferdam.protocol.log.NoteKey;
import dev.cofferdam.protocol.log.Tile;
import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.server.audit.store.Head;
import dev.cofferdam.server.audit.store.LogRows;
import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.keyring.Keyring;
import dev.cofferdam.server.keyring.Ring;
import dev.cofferdam.server.keyring.RingKey;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.testing.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records a log of this server as files, with the checkpoints of its youth and another history that
 * the same key has signed. {@code -Dwrite.docs} puts it where the verifier's own tests mutate it.
 */
final class RecordedLogTest {
  private static final Path OF_THE_VERIFIER =
      Path.of("../node/src/test/resources/dev/cofferdam/node/verify/recorded");
  private static final int RECORDS = 300;
  private static final List<Integer> YOUTH = List.of(100, 200, 256);
  private static final int FORKED_AT = 150;

  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  @TempDir Path temporary;

  private final Scope.OfTenant tenant = SERVER.newTenant();
  private final LogId log = new LogId.OfTenant(tenant.tenant());

  @Test
  void aServersLogIsWrittenAsFilesWithItsYouthAndAFork() throws Exception {
    WrittenLogs logs = new WrittenLogs(SERVER);
    logs.settled(log);
    List<byte[]> records = grownTo(RECORDS);
    Head head = Scopes.call(tenant, () -> new LogRows(SERVER.app()).head(log).orElseThrow());

    Path folder = Boolean.getBoolean("write.docs") ? OF_THE_VERIFIER : temporary;
    Map<Node, Hash> hashes = write(folder.resolve("log"), records, head.note());
    NoteKey key = logs.key(log);
    Files.writeString(folder.resolve("key"), key + "\n");
    for (int size : YOUTH) {
      Note young = signed(key, size, hashes);
      Files.writeString(folder.resolve("checkpoint-" + size), young.toString());
      assertThat(key.check(young, Ed25519::verify)).isInstanceOf(NoteKey.Check.Signed.class);
    }
    List<byte[]> other = new ArrayList<>(records);
    for (int index = FORKED_AT; index < RECORDS; index++) {
      other.set(index, edited(records.get(index)));
    }
    Map<Node, Hash> fork = write(folder.resolve("fork"), other, head.note());
    Files.writeString(folder.resolve("fork/checkpoint"), signed(key, RECORDS, fork).toString());

    assertThat(Frontier.of(RECORDS, node -> Objects.requireNonNull(hashes.get(node))).root())
        .isEqualTo(head.checkpoint().root());
    assertThat(Files.readString(folder.resolve("log/checkpoint")))
        .startsWith("cofferdam/" + log.name() + "\n" + RECORDS + "\n");
  }

  private List<byte[]> grownTo(int size) {
    Actor actor = new Actor.OfPerson(new PersonId(UUID.randomUUID()));
    while (records().size() < size) {
      int number = records().size();
      Entry entry =
          number % 7 == 0
              ? Entry.denied(log, actor, "secret.read", "not_found")
              : Entry.done(log, actor, "secret.read");
      assertThat(
              SERVER
                  .bean(AuditLog.class)
                  .append(entry.on("secret", "s" + number % 13).with("version", "" + number % 5)))
          .isInstanceOf(Receipted.class);
    }
    return records();
  }

  private List<byte[]> records() {
    return SERVER
        .superuser()
        .sql("select record from audit.leaf where tenant_id = :tenant order by leaf_index")
        .param("tenant", tenant.tenant().value())
        .query((row, number) -> row.getBytes(1))
        .list();
  }

  /** The same record, as if another secret had been read. */
  private static byte[] edited(byte[] record) {
    byte[] edited =
        new String(record, UTF_8).replaceFirst("\"id\":\"s", "\"id\":\"S").getBytes(UTF_8);
    return AuditRecord.decode(edited).encode();
  }

  private static Map<Node, Hash> write(Path folder, List<byte[]> records, Note note)
      throws IOException {
    Map<Node, Hash> hashes = new HashMap<>();
    Frontier tree = new Frontier();
    for (byte[] record : records) {
      tree.append(Merkle.leaf(record), hashes::put);
    }
    for (Tile tile : Tile.added(0, records.size())) {
      Path file = folder.resolve(tile.path());
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      int first = (int) tile.index() * Tile.FULL;
      Files.write(
          file,
          tile.kind() == Tile.Kind.HASHES
              ? HashTile.of(tile, node -> Objects.requireNonNull(hashes.get(node))).content()
              : EntryTile.encode(records.subList(first, first + tile.width())));
    }
    Files.writeString(folder.resolve("checkpoint"), note.toString());
    return hashes;
  }

  private Note signed(NoteKey key, int size, Map<Node, Hash> hashes) {
    Hash root = Frontier.of(size, node -> Objects.requireNonNull(hashes.get(node))).root();
    String text = new Checkpoint("cofferdam/" + log.name(), size, root).text();
    return Scopes.call(
        tenant,
        () -> {
          try (RingKey active =
              SERVER
                  .bean(Keyring.class)
                  .active(new Ring.OfTenant(tenant.tenant(), KeyPurpose.CHECKPOINT))) {
            return new Note(text, List.of(key.sign(text, active::sign)));
          }
        });
  }
}
