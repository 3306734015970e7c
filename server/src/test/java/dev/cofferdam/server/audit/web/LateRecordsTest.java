package dev.cofferdam.server.audit.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.protocol.crypto.Ed25519;
import dev.cofferdam.protocol.log.NoteKey;
import dev.cofferdam.protocol.log.Receipt;
import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.testing.RunningServer;
import dev.cofferdam.server.testing.Soon;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What people are told while the logs cannot be written, and that all of it comes right without
 * anybody's doing. The tables of the leaves are locked, as by a database that hangs.
 */
class LateRecordsTest {
  @RegisterExtension
  static final RunningServer SERVER =
      RunningServer.own("cofferdam.audit.deadline=300ms", "cofferdam.audit.longest-lag=1s");

  private final Browser owner = Browser.ofSomebody(SERVER);
  private String tenant = "";

  private static String slug() {
    return "t" + UUID.randomUUID().toString().replace("-", "");
  }

  @BeforeEach
  void aTenantWhoseLogStands() {
    Map<String, String> wanted = Map.of("slug", slug(), "name", "Acme");
    tenant =
        Soon.first(
                () -> owner.write("POST", "/v1/tenants", wanted), answer -> answer.status() == 201)
            .text("tenant_id");
    Soon.first(() -> owner.enter(tenant), answer -> answer.status() == 200);
  }

  /** No leaf is stored while it is open; what is recorded waits. */
  private static final class Held implements AutoCloseable {
    private final Connection superuser;

    private Held(Connection superuser) {
      this.superuser = superuser;
    }

    static Held logs() throws SQLException {
      Connection superuser = SERVER.database().superuser().getConnection();
      superuser.setAutoCommit(false);
      try (Statement statement = superuser.createStatement()) {
        statement.execute("lock table audit.leaf, audit.platform_leaf in share mode");
      }
      return new Held(superuser);
    }

    @Override
    public void close() throws SQLException {
      superuser.rollback();
      superuser.close();
    }
  }

  private Answer group(String name, String key) {
    return owner.write("POST", "/v1/groups", Map.of("name", name), "Idempotency-Key", key);
  }

  private static void assertPending(Answer answer) {
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(503);
    assertThat(answer.text("code")).isEqualTo("receipt_pending");
    assertThat(answer.header("Retry-After")).isEqualTo("1");
  }

  private static void assertVerified(Answer receipt) {
    assertThat(receipt.status()).as(receipt.http().body()).isEqualTo(200);
    assertThat(
            Receipt.parse(receipt.text("receipt"))
                .check(
                    receipt.text("record").getBytes(StandardCharsets.UTF_8),
                    "cofferdam/" + receipt.text("log"),
                    NoteKey.parse(receipt.body().path("keys").get(0).asString()),
                    Ed25519::verify))
        .isInstanceOf(Receipt.Check.Included.class);
  }

  private static long leaves(String record) {
    return SERVER
        .superuser()
        .sql(
            """
            select (select count(*) from audit.leaf where record_id = :id)
                 + (select count(*) from audit.platform_leaf where record_id = :id)
            """)
        .param("id", UUID.fromString(record))
        .query(Long.class)
        .single();
  }

  @Test
  void whatWasDoneIsToldToBeDoneAndItsReceiptIsFetchedLater() throws Exception {
    Browser other = Browser.ofMember(SERVER, tenant, Role.MEMBER);
    owner.token();
    String record;
    try (Held held = Held.logs()) {
      Answer first = group("Night shift", "key-1");
      assertPending(first);
      record = first.text("record_id");
      assertThat(first.header("Cofferdam-Record-Id")).isEqualTo(record);
      assertThat(first.header("Cofferdam-Receipt")).isEmpty();

      Answer again = group("Night shift", "key-1");
      assertPending(again);
      assertThat(again.text("record_id")).isEqualTo(record);
      Answer asked = owner.get("/v1/receipts/" + record);
      assertPending(asked);
      assertThat(asked.text("record_id")).isEqualTo(record);
      assertThat(other.get("/v1/receipts/" + record).text("code"))
          .as("that there is such an act is not told to others")
          .isEqualTo("audit_unavailable");
      assertThat(leaves(record)).isZero();
      assertThat(held).isNotNull();
    }
    Answer answered =
        Soon.first(() -> group("Night shift", "key-1"), answer -> answer.status() < 300);
    assertThat(answered.text("name")).isEqualTo("Night shift");
    assertThat(answered.header("Cofferdam-Record-Id")).isEqualTo(record);
    assertThat(answered.header("Cofferdam-Receipt")).isNotEmpty();
    assertVerified(owner.get("/v1/receipts/" + record));
    assertThat(owner.get("/v1/audit/records/" + record).text("action")).isEqualTo("group.created");
    Answer missing = other.get("/v1/receipts/" + UUID.randomUUID());
    assertThat(missing.status()).isEqualTo(404);
    assertThat(other.get("/v1/receipts/" + record).withoutRequestId())
        .isEqualTo(missing.withoutRequestId());
    assertThat(leaves(record)).isOne();
    assertThat(owner.get("/v1/groups").body().path("items")).hasSize(1);
  }

  @Test
  void whoFoundsATenantMeanwhileFindsItsReceiptThoughTheyWorkElsewhere() throws Exception {
    owner.token();
    Map<String, String> wanted = Map.of("slug", slug(), "name", "Second");
    String record;
    try (Held held = Held.logs()) {
      Answer founded = owner.write("POST", "/v1/tenants", wanted);
      assertPending(founded);
      record = founded.text("record_id");
      assertPending(owner.get("/v1/receipts/" + record));
      assertThat(held).isNotNull();
    }
    Answer receipt =
        Soon.first(() -> owner.get("/v1/receipts/" + record), answer -> answer.status() == 200);
    assertVerified(receipt);
    assertThat(receipt.text("log")).startsWith("tenant/").doesNotContain(tenant);
    assertThat(receipt.text("record")).contains("membership.created");
  }

  @Test
  void nothingThatNeedsARecordIsAnsweredWithoutOneAndItRecoversByItself() throws Exception {
    Browser member = Browser.ofMember(SERVER, tenant, Role.MEMBER);
    owner.token();
    try (Held held = Held.logs()) {
      for (String path :
          new String[] {
            "/v1/audit/records", "/v1/audit/records.jsonl", "/v1/audit/log/tile/entries/000.p/1"
          }) {
        Answer read = owner.get(path);
        assertThat(read.text("code")).as(path).isEqualTo("audit_unavailable");
        assertThat(read.status()).isEqualTo(503);
        assertThat(read.header("Retry-After")).isNotEmpty();
        assertThat(read.header("Content-Disposition")).isEmpty();
      }
      assertThat(member.get("/v1/audit/records").text("code"))
          .as("a denial is not told either")
          .isEqualTo("audit_unavailable");
      assertThat(owner.get("/v1/tenant").status()).as("what needs no record").isEqualTo(200);
      assertThat(owner.get("/v1/audit/log/checkpoint").status()).isEqualTo(200);

      // What waits is durable; when it has waited for too long, nothing more is taken on.
      Answer refused =
          Soon.first(
              () -> group("Late " + UUID.randomUUID(), "key-" + UUID.randomUUID()),
              answer -> answer.text("code").equals("audit_unavailable"));
      assertThat(refused.header("Cofferdam-Record-Id")).isEmpty();
      assertThat(held).isNotNull();
    }
    Answer read =
        Soon.first(() -> owner.get("/v1/audit/records"), answer -> answer.status() == 200);
    assertThat(leaves(read.header("Cofferdam-Record-Id"))).isOne();
    assertThat(member.get("/v1/audit/records").text("code")).isEqualTo("forbidden");
    Soon.first(() -> group("Day shift", "key-3"), answer -> answer.status() < 300);
    long made = owner.get("/v1/groups").body().path("items").size();
    assertThat(owner.get("/v1/audit/records?action=group.created").body().path("items").size())
        .as("each of them with its record, and none that was refused")
        .isEqualTo(made);
  }
}
