package dev.cofferdam.review.audit;

import dev.cofferdam.protocol.log.Frontier;
import dev.cofferdam.protocol.log.Hash;
import dev.cofferdam.protocol.log.Merkle;
import dev.cofferdam.protocol.log.Node;
import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.protocol.record.Party;
import dev.cofferdam.review.wire.Answer;
import dev.cofferdam.review.wire.Session;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's log as it stands in the database, for who may do anything there: reads it, and writes
 * it anew with every hash computed again, so that it is whole in itself.
 *
 * @param entries the records, byte for byte
 * @param signature what stands as the signature of its head, in hex
 */
record StoredLog(UUID tenant, List<byte[]> entries, String signature) {
  private static final int TILE_HEIGHT = 8;

  StoredLog {
    entries = List.copyOf(entries);
  }

  static StoredLog of(Session superuser, UUID tenant) {
    List<byte[]> entries = new ArrayList<>();
    for (List<@Nullable String> row :
        rows(
            superuser,
            "select encode(record, 'hex') from audit.leaf where tenant_id = '%s' order by leaf_index"
                .formatted(tenant))) {
      entries.add(HexFormat.of().parseHex(String.valueOf(row.getFirst())));
    }
    String signature =
        superuser
            .must(
                "select encode(signature, 'hex') from audit.head where tenant_id = '%s'"
                    .formatted(tenant))
            .single();
    return new StoredLog(tenant, entries, signature);
  }

  private static List<List<@Nullable String>> rows(Session session, String sql) {
    return session.must(sql) instanceof Answer.Rows(var rows) ? rows : List.of();
  }

  int size() {
    return entries.size();
  }

  /** The same log with other entries, and with the signature that it has. */
  StoredLog with(List<byte[]> others) {
    return new StoredLog(tenant, others, signature);
  }

  /** The same log with another signature. */
  StoredLog signed(byte[] other) {
    return new StoredLog(tenant, entries, HexFormat.of().formatHex(other));
  }

  Hash root() {
    return tree(new TreeMap<>()).root();
  }

  private Frontier tree(Map<String, String> nodes) {
    Frontier tree = new Frontier();
    for (byte[] entry : entries) {
      tree.append(Merkle.leaf(entry), (node, hash) -> keep(nodes, node, hash));
    }
    return tree;
  }

  private static void keep(Map<String, String> nodes, Node node, Hash hash) {
    if (node.level() > 0 && node.level() % TILE_HEIGHT == 0) {
      nodes.put("%d, %d".formatted(node.level() / TILE_HEIGHT, node.index()), hash.toString());
    }
  }

  /** Puts this in the place of what stands there. */
  void store(Session superuser) {
    Map<String, String> nodes = new TreeMap<>();
    Frontier tree = tree(nodes);
    String frontier = tree.subtrees().stream().map(Hash::toString).collect(Collectors.joining());
    List<String> leaves = new ArrayList<>();
    for (int index = 0; index < entries.size(); index++) {
      byte[] entry = entries.get(index);
      leaves.add(
          "('%s', %d, %s, '\\x%s', '\\x%s')"
              .formatted(
                  tenant,
                  index,
                  "gen_random_uuid()",
                  Merkle.leaf(entry),
                  HexFormat.of().formatHex(entry)));
    }
    List<String> statements = new ArrayList<>();
    statements.add("set session_replication_role = replica");
    statements.add("delete from audit.leaf where tenant_id = '%s'".formatted(tenant));
    statements.add("delete from audit.node where tenant_id = '%s'".formatted(tenant));
    statements.add("insert into audit.leaf values " + String.join(", ", leaves));
    nodes.forEach(
        (at, hash) ->
            statements.add(
                "insert into audit.node values ('%s', %s, '\\x%s')".formatted(tenant, at, hash)));
    statements.add(
        "update audit.head set size = %d, frontier = '\\x%s', signature = '\\x%s' where tenant_id = '%s'"
            .formatted(entries.size(), frontier, signature, tenant));
    statements.add("set session_replication_role = origin");
    superuser.must(String.join("; ", statements));
  }

  /** The same record, as if something else had been done to. */
  static byte[] edited(byte[] entry) {
    AuditRecord record = AuditRecord.decode(entry);
    return new AuditRecord(
            record.id(),
            record.log(),
            record.time(),
            record.actor(),
            record.action(),
            new Party("secret", "nothing-of-interest"),
            record.outcome(),
            record.code(),
            record.request(),
            record.details(),
            record.personal(),
            record.repetition())
        .encode();
  }
}
