package dev.cofferdam.server.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.protocol.crypto.Ed25519;
import dev.cofferdam.protocol.log.Checkpoint;
import dev.cofferdam.protocol.log.NoteKey;
import dev.cofferdam.protocol.log.Receipt;
import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.protocol.secret.SecretAddress;
import dev.cofferdam.protocol.secret.SecretName;
import dev.cofferdam.protocol.secret.SecretRead;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.store.PublishedKeys;
import dev.cofferdam.server.edge.door.Strangers;
import dev.cofferdam.server.keyring.BlastRadius;
import dev.cofferdam.server.keyring.KeyInfo;
import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.keyring.KeyUsage;
import dev.cofferdam.server.keyring.Keyring;
import dev.cofferdam.server.keyring.Ring;
import dev.cofferdam.server.secrets.Yard.Answer;
import dev.cofferdam.server.secrets.Yard.Somebody;
import dev.cofferdam.server.surface.Authenticator;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.Tenants.WantedPlacement;
import dev.cofferdam.server.testing.RunningServer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a node gets, and what nobody gets. */
class NodeReadsTest {
  private static final byte[] VALUE = "open sesame".getBytes(UTF_8);

  @RegisterExtension
  static final RunningServer SERVER =
      RunningServer.own(
          context ->
              context.registerBean(
                  Authenticator.class, Strangers::new, bean -> bean.setPrimary(true)));

  private final Yard yard = new Yard(SERVER, SERVER.newTenant());
  private final Somebody writer = yard.person(Role.MEMBER, "writer");
  private final NodeKeys keys = new NodeKeys();
  private final Somebody node = yard.node(keys);

  private static SecretAddress address(
      Yard yard, Somebody node, NodeKeys keys, String name, long version) {
    return new SecretAddress(
        yard.scope.tenant().value(),
        node.id,
        keys.id(),
        yard.project.value(),
        new SecretName(name),
        version);
  }

  private SecretAddress address(String name, long version) {
    return address(yard, node, keys, name, version);
  }

  private void granted() {
    yard.grant(yard.project.value(), "node", node.id, "reader");
  }

  private void assertOpens(Answer answer, long version, byte[] value) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.header("Cofferdam-Secret-Version")).isEqualTo(Long.toString(version));
    assertThat(keys.opens(address("key", version), answer.http().body(), value)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void aNodeGetsWhatOnlyItOpensWithTheReceiptOfThatRead(WantedPlacement placement) {
    Yard here = new Yard(SERVER, SERVER.newTenant(placement));
    Somebody theirs = here.node(keys);
    here.grant(here.project.value(), "node", theirs.id, "reader");
    here.person(Role.MEMBER, "writer").makes("key", VALUE);

    Answer answer = theirs.reads("key");

    byte[] sealed = answer.http().body();
    SecretAddress address = address(here, theirs, keys, "key", 1);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(keys.opens(address, sealed, VALUE)).isTrue();
    assertThat(new NodeKeys().opens(address, sealed, VALUE)).isFalse();
    assertThat(keys.opens(address(here, theirs, keys, "key", 2), sealed, VALUE)).isFalse();
    assertThat(keys.opens(address(here, theirs, keys, "other", 1), sealed, VALUE)).isFalse();
    assertThat(answer.header("Content-Type")).isEqualTo("application/vnd.cofferdam.sealed-secret");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.header("Cofferdam-Key-Id")).isEqualTo(keys.id());
    assertThat(answer.header("Cofferdam-Secret-Version")).isEqualTo("1");
    assertThat(answer.header("ETag")).isEmpty();

    byte[] record = Base64.getDecoder().decode(answer.header("Cofferdam-Record"));
    assertThat(SecretRead.isOf(AuditRecord.decode(record), address, sealed)).isTrue();
    Receipt receipt =
        Receipt.parse(
            new String(Base64.getDecoder().decode(answer.header("Cofferdam-Receipt")), UTF_8));
    NoteKey key = logKey(here, receipt);
    assertThat(receipt.check(record, key.name(), key, Ed25519::verify))
        .isInstanceOf(Receipt.Check.Included.class);
    assertThat(AuditRecord.decode(record).request())
        .isEqualTo(answer.header("Cofferdam-Request-Id"));
    assertThat(new String(record, UTF_8)).doesNotContain("sesame");
  }

  /** As whoever verifies has it beforehand. */
  private static NoteKey logKey(Yard yard, Receipt receipt) {
    LogId log = new LogId.OfTenant(yard.scope.tenant());
    String origin = Checkpoint.parse(receipt.note().text()).origin();
    return SERVER.bean(PublishedKeys.class).of(log, origin).getFirst();
  }

  @Test
  void theSameBytesAreGivenAgainWithARecordOfTheirOwn() {
    granted();
    writer.makes("key", VALUE);

    Answer first = node.reads("key");
    Answer again = node.reads("key");

    assertThat(again.http().body()).isEqualTo(first.http().body());
    assertThat(again.header("Cofferdam-Record-Id"))
        .isNotEmpty()
        .isNotEqualTo(first.header("Cofferdam-Record-Id"));
    assertThat(kept()).isEqualTo(1);
    // Another node has its own.
    NodeKeys others = new NodeKeys();
    Somebody other = yard.node(others);
    yard.grant(yard.project.value(), "node", other.id, "reader");
    byte[] sealed = other.reads("key").http().body();
    assertThat(others.opens(address(yard, other, others, "key", 1), sealed, VALUE)).isTrue();
    assertThat(keys.opens(address(yard, other, others, "key", 1), sealed, VALUE)).isFalse();
    assertThat(kept()).isEqualTo(2);
  }

  private long kept() {
    return yard.sql(
            "select count(*) from {schema}.sealed_answer where tenant_id = :tenant", "secrets")
        .query(Long.class)
        .single();
  }

  @Test
  void manyAtOnceMakeItOnce() throws Exception {
    granted();
    writer.makes("key", VALUE);
    List<Future<Answer>> answers = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int n = 0; n < 30; n++) {
        answers.add(threads.submit(() -> node.reads("key")));
      }
    }

    byte[] first = answers.getFirst().get().http().body();
    for (Future<Answer> answer : answers) {
      assertThat(answer.get().status()).isEqualTo(200);
      assertThat(answer.get().http().body()).isEqualTo(first);
    }
    assertThat(kept()).isEqualTo(1);
  }

  /** Whoever asks at once is read for together, and with whom is nobody's choice. */
  @Test
  void ofManyAtOnceEachGetsItsOwnAndNothingMore() throws Exception {
    List<NodeKeys> theirKeys = new ArrayList<>();
    List<Somebody> nodes = new ArrayList<>();
    for (int n = 0; n < 4; n++) {
      theirKeys.add(new NodeKeys());
      nodes.add(yard.node(theirKeys.get(n)));
      writer.makes("key-" + n, ("value " + n).getBytes(UTF_8));
      writer.puts("key-" + n, ("newer " + n).getBytes(UTF_8));
      UUID secret = UUID.fromString(writer.get(yard.secret("key-" + n)).text("id"));
      yard.grant(secret, "node", nodes.get(n).id, "reader");
    }
    Yard elsewhere = new Yard(SERVER, SERVER.newTenant());
    elsewhere.person(Role.MEMBER, "writer").makes("key-0", VALUE);
    Somebody stranger = elsewhere.node(new NodeKeys());

    List<Future<?>> all = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int time = 0; time < 12; time++) {
        for (int n = 0; n < 4; n++) {
          int own = n;
          int other = (n + 1) % 4;
          Somebody who = nodes.get(n);
          all.add(threads.submit(() -> assertOwn(theirKeys.get(own), who, own, "", 2, "newer ")));
          all.add(
              threads.submit(
                  () -> assertOwn(theirKeys.get(own), who, own, "?version=1", 1, "value ")));
          all.add(threads.submit(() -> assertNothing(who.reads("key-" + other))));
          all.add(threads.submit(() -> assertNothing(who.reads("key-" + own + "?version=3"))));
        }
        all.add(
            threads.submit(
                () -> assertNothing(stranger.get("/v1/secrets/" + yard.project + "/key-0"))));
      }
    }
    for (Future<?> each : all) {
      each.get();
    }
  }

  private void assertOwn(
      NodeKeys own, Somebody who, int number, String query, long version, String value) {
    String name = "key-" + number;
    Answer answer = who.reads(name + query);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    SecretAddress address = address(yard, who, own, name, version);
    assertThat(own.opens(address, answer.http().body(), (value + number).getBytes(UTF_8))).isTrue();
  }

  @Test
  void whatIsGrantedOnTheSecretOrThroughAGroupSufficesAndOnAnotherDoesNot() {
    writer.makes("key", VALUE);
    writer.makes("other", VALUE);
    UUID secret = UUID.fromString(writer.get(yard.secret("key")).text("id"));

    assertThat(node.reads("key").status()).isEqualTo(404);
    yard.grant(secret, "node", node.id, "reader");
    assertOpens(node.reads("key"), 1, VALUE);
    assertThat(node.reads("other").status()).isEqualTo(404);

    NodeKeys others = new NodeKeys();
    Somebody member = yard.node(others);
    yard.grant(secret, "group", yard.group(member), "reader");
    assertThat(member.reads("key").status()).isEqualTo(200);
    assertThat(member.reads("other").status()).isEqualTo(404);
  }

  @Test
  void whatIsTakenAwayIsNotGivenAgainThoughItIsKept() {
    granted();
    writer.makes("key", VALUE);
    assertOpens(node.reads("key"), 1, VALUE);

    yard.sql(
            "delete from {schema}.granted where tenant_id = :tenant and subject_kind = 'node'",
            "authz")
        .update();
    assertNothing(node.reads("key"));
    granted();
    assertOpens(node.reads("key"), 1, VALUE);
    yard.revoke(node);
    assertNothing(node.reads("key"));
  }

  @Test
  void anotherTenantsNodeGetsWhatIsThereForWhatIsMissingAndLeavesARecord() {
    writer.makes("key", VALUE);
    Yard theirs = new Yard(SERVER, SERVER.newTenant());
    Somebody foreign = theirs.node(new NodeKeys());
    // Even where a row of the victim's says that it may.
    yard.grant(yard.project.value(), "node", foreign.id, "manager");

    Answer asked = foreign.get("/v1/secrets/" + yard.project + "/key");
    Answer missing = foreign.get("/v1/secrets/" + UUID.randomUUID() + "/key");

    assertNothing(asked);
    assertThat(asked.withoutRequestId()).isEqualTo(missing.withoutRequestId());
    assertThat(denials(theirs, foreign)).isEqualTo(2);
    assertThat(denials(yard, foreign)).isZero();
  }

  private static long denials(Yard where, Somebody who) {
    return SERVER
        .superuser()
        .sql(
            """
            select count(*) from audit.leaf
             where tenant_id = :tenant and convert_from(record, 'UTF8')::jsonb -> 'actor' ->> 'id' = :id
               and convert_from(record, 'UTF8')::jsonb ->> 'outcome' = 'denied'
               and convert_from(record, 'UTF8')::jsonb ->> 'action' = 'secret.read'
            """)
        .param("tenant", where.scope.tenant().value())
        .param("id", who.id.toString())
        .query(Long.class)
        .single();
  }

  private static void assertNothing(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(404);
    assertThat(answer.text("code")).isEqualTo("not_found");
    assertThat(answer.header("Cofferdam-Key-Id")).isEmpty();
    assertThat(answer.header("Cofferdam-Secret-Version")).isEmpty();
  }

  @Test
  void versionsAreAskedForByNumberAndTheNewestIsGivenOtherwise() {
    granted();
    writer.makes("key", VALUE);
    assertOpens(node.reads("key"), 1, VALUE);
    byte[] next = "open wheat".getBytes(UTF_8);
    writer.puts("key", next);

    assertOpens(node.reads("key"), 2, next);
    assertOpens(node.reads("key?version=1"), 1, VALUE);
    assertNothing(node.reads("key?version=3"));
    assertThat(node.reads("key?version=0").status()).isEqualTo(422);
    assertThat(node.reads("key?version=one").status()).isEqualTo(400);
    assertThat(node.reads("key?versions=1").status()).isEqualTo(400);
  }

  @Test
  void whatHasNoValueYetOrIsDeletedIsNotThereAndComesBackRestored() {
    granted();
    writer.write("POST", "/v1/projects/" + yard.project + "/secrets", Map.of("name", "key"));
    assertNothing(node.reads("key"));
    writer.puts("key", VALUE);
    assertOpens(node.reads("key"), 1, VALUE);

    writer.without("DELETE", yard.secret("key"));
    assertNothing(node.reads("key"));
    writer.without("POST", yard.secret("key") + "/restore");
    assertOpens(node.reads("key"), 1, VALUE);
  }

  @Test
  void aNodeWithNewKeysGetsItSealedToThoseAndWhatWasSealedToTheOldOnesGoes() {
    granted();
    writer.makes("key", VALUE);
    node.reads("key");
    NodeKeys fresh = new NodeKeys();
    yard.rekey(node, fresh);

    byte[] sealed = node.reads("key").http().body();

    assertThat(fresh.opens(address(yard, node, fresh, "key", 1), sealed, VALUE)).isTrue();
    assertThat(keys.opens(address("key", 1), sealed, VALUE)).isFalse();
    assertThat(kept()).isEqualTo(1);
  }

  @Test
  void aValueThatWasMovedElsewhereOpensNowhere() {
    granted();
    writer.makes("key", VALUE);
    writer.makes("other", "another".getBytes(UTF_8));
    writer.puts("other", "another still".getBytes(UTF_8));
    byte[] own = value("key", 1);
    Yard theirs = new Yard(SERVER, SERVER.newTenant());
    theirs.person(Role.MEMBER, "writer").makes("key", VALUE);

    move(value("other", 1));
    assertUnopened(node.reads("key"));
    move(theirs);
    assertUnopened(node.reads("key"));
    yard.sql(
            """
            update {schema}.secret_version v set value_sealed = :value
              from {schema}.secret s
             where v.tenant_id = :tenant and s.tenant_id = :tenant and s.secret_id = v.secret_id
               and s.name = 'other' and v.version = 2
            """,
            "secrets")
        .param("value", value("other", 1))
        .update();
    assertUnopened(node.reads("other"));
    assertThat(kept()).isZero();
    // Back in its place it opens, so it was the place.
    move(own);
    assertOpens(node.reads("key"), 1, VALUE);
  }

  private void move(Yard from) {
    move(
        from.sql(
                "select value_sealed from {schema}.secret_version where tenant_id = :tenant",
                "secrets")
            .query((row, number) -> row.getBytes(1))
            .single());
  }

  private void move(byte[] value) {
    yard.sql(
            """
            update {schema}.secret_version v set value_sealed = :value
              from {schema}.secret s
             where v.tenant_id = :tenant and s.tenant_id = :tenant and s.secret_id = v.secret_id
               and s.name = 'key' and v.version = 1
            """,
            "secrets")
        .param("value", value)
        .update();
  }

  private byte[] value(String name, long version) {
    return yard.sql(
            """
            select v.value_sealed from {schema}.secret_version v
              join {schema}.secret s on s.tenant_id = v.tenant_id and s.secret_id = v.secret_id
             where v.tenant_id = :tenant and s.name = :name and v.version = :version
            """,
            "secrets")
        .param("name", name)
        .param("version", version)
        .query((row, number) -> row.getBytes(1))
        .single();
  }

  private static void assertUnopened(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(500);
    assertThat(answer.text("code")).isEqualTo("internal");
    assertThat(answer.header("Cofferdam-Key-Id")).isEmpty();
  }

  @Test
  void rotatingTheTenantsKeyChangesNothingAndDestroyingItTakesWhatWasSealedToo() {
    granted();
    writer.makes("key", VALUE);
    writer.makes("other", VALUE);
    node.reads("other");
    Keyring keyring = SERVER.bean(Keyring.class);
    Ring ring = new Ring.OfTenant(yard.scope.tenant(), KeyPurpose.DATA);
    BlastRadius radius = Scopes.call(yard.scope, () -> keyring.preview(ring));
    assertThat(radius.live()).containsExactly(new KeyUsage.Artefacts("versions of secrets", 2));

    KeyInfo first = radius.keys().getFirst();
    Scopes.call(yard.scope, () -> keyring.rotate(ring, first.version()));
    assertOpens(node.reads("key"), 1, VALUE);
    writer.puts("key", VALUE);
    assertOpens(node.reads("key"), 2, VALUE);

    Scopes.call(yard.scope, () -> keyring.destroy(ring, first.version()));
    assertThat(node.reads("other").text("code")).isEqualTo("gone");
    assertThat(node.reads("key?version=1").text("code")).isEqualTo("gone");
    assertOpens(node.reads("key"), 2, VALUE);
    assertThat(
            writer
                .get(yard.secret("key") + "/versions")
                .json()
                .path("items")
                .get(1)
                .path("readable")
                .asBoolean())
        .isFalse();

    Scopes.call(yard.scope, () -> keyring.destroyAll(ring));
    assertThat(node.reads("key").text("code")).isEqualTo("gone");
    assertThat(kept()).isZero();
    assertThat(
            yard.sql(
                    "select count(value_sealed) from {schema}.secret_version where tenant_id = :tenant",
                    "secrets")
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void aNodeInAnArchivedProjectGoesOnReading() {
    granted();
    writer.makes("key", VALUE);
    yard.sql("update {schema}.project set state = 'archived' where tenant_id = :tenant", "authz")
        .update();

    assertOpens(node.reads("key"), 1, VALUE);
  }
}
