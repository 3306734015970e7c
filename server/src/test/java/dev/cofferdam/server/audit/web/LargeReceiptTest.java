package dev.cofferdam.server.audit.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.protocol.crypto.Ed25519;
import dev.cofferdam.protocol.log.Node;
import dev.cofferdam.protocol.log.NoteKey;
import dev.cofferdam.protocol.log.Receipt;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.store.LogRows;
import dev.cofferdam.server.audit.store.LogScope;
import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.testing.RunningServer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A log of a billion records, of which those hashes stand in the database that proofs need. */
class LargeReceiptTest {
  private static final long SIZE = (1L << 30) - 1;

  @RegisterExtension static final RunningServer SERVER = RunningServer.own();

  private final Browser owner = Browser.ofSomebody(SERVER);
  private final UUID tenant =
      UUID.fromString(owner.inOwnTenant("t" + UUID.randomUUID().toString().replace("-", "")));

  @Test
  void aReceiptThatIsTooLargeForAHeaderFieldIsFetchedWhereTheLinkLeads() {
    pretend();

    Answer answer = owner.get("/v1/audit/log/tile/entries/000.p/1");

    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    assertThat(answer.header("Cofferdam-Receipt")).isEmpty();
    String id = answer.header("Cofferdam-Record-Id");
    assertThat(answer.header("Link")).isEqualTo("</v1/receipts/" + id + ">; rel=\"receipt\"");
    Answer receipt = owner.get("/v1/receipts/" + id);
    assertThat(receipt.body().path("index").asLong()).isEqualTo(SIZE);
    assertThat(receipt.text("receipt").length()).isLessThan(2048);
    assertThat(
            Receipt.parse(receipt.text("receipt"))
                .check(
                    receipt.text("record").getBytes(StandardCharsets.UTF_8),
                    "cofferdam/" + receipt.text("log"),
                    NoteKey.parse(receipt.body().path("keys").get(0).asString()),
                    Ed25519::verify))
        .isInstanceOf(Receipt.Check.Included.class);
  }

  /** Puts hashes of nothing behind what is there, and a head that follows from them. */
  private void pretend() {
    SERVER
        .superuser()
        .sql(
            """
            insert into audit.leaf (tenant_id, leaf_index, record_id, leaf_hash, record)
            select :tenant, i, uuidv7(), sha256(i::text::bytea), '' from generate_series(:first, :last) i
            """)
        .param("tenant", tenant)
        .param("first", SIZE - 255)
        .param("last", SIZE - 1)
        .update();
    for (int level = 1; level <= 3; level++) {
      long there = SIZE >> 8 * level;
      SERVER
          .superuser()
          .sql(
              """
              insert into audit.node (tenant_id, tile_level, node_index, node_hash)
              select :tenant, :level, i, sha256(i::text::bytea) from generate_series(:first, :last) i
              """)
          .param("tenant", tenant)
          .param("level", level)
          .param("first", Math.max(0, there - 255))
          .param("last", there - 1)
          .update();
    }
    SERVER
        .superuser()
        .sql("update audit.head set size = :size, frontier = :frontier where tenant_id = :tenant")
        .param("size", SIZE)
        .param("frontier", frontier())
        .param("tenant", tenant)
        .update();
  }

  private byte[] frontier() {
    LogId log = new LogId.OfTenant(new TenantId(tenant));
    return LogScope.call(
        log,
        () -> {
          var nodes = new LogRows(SERVER.app()).nodes(log, SIZE);
          var frontier = new ByteArrayOutputStream();
          // A size of ones alone: one complete subtree of each height, each behind the larger ones.
          for (int level = 29; level >= 0; level--) {
            frontier.writeBytes(nodes.hash(new Node(level, (SIZE >> level) - 1)).bytes());
          }
          return frontier.toByteArray();
        });
  }
}
