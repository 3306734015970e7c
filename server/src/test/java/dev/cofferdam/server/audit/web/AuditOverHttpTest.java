package dev.cofferdam.server.audit.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.protocol.crypto.Ed25519;
import dev.cofferdam.protocol.log.Checkpoint;
import dev.cofferdam.protocol.log.ConsistencyProof;
import dev.cofferdam.protocol.log.Hash;
import dev.cofferdam.protocol.log.InclusionProof;
import dev.cofferdam.protocol.log.Merkle;
import dev.cofferdam.protocol.log.Note;
import dev.cofferdam.protocol.log.NoteKey;
import dev.cofferdam.protocol.log.Receipt;
import dev.cofferdam.server.audit.Actor;
import dev.cofferdam.server.audit.AuditLog;
import dev.cofferdam.server.audit.Entry;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.PersonalData;
import dev.cofferdam.server.audit.PersonalRecords;
import dev.cofferdam.server.audit.Receipted;
import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.keyring.Keyring;
import dev.cofferdam.server.keyring.Ring;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantGate;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.testing.RunningServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The audit log of a tenant, as its people and others meet it over HTTP. */
class AuditOverHttpTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final Browser owner = Browser.ofSomebody(SERVER);
  private final String tenant = owner.inOwnTenant(slug());
  private final LogId.OfTenant log = new LogId.OfTenant(new TenantId(UUID.fromString(tenant)));
  private final Actor.OfNode node = new Actor.OfNode(UUID.randomUUID());

  private static String slug() {
    return "t" + UUID.randomUUID().toString().replace("-", "");
  }

  private Scope.OfTenant scope() {
    return SERVER.bean(TenantGate.class).scopeOf(log.tenant()).orElseThrow();
  }

  private Receipted append(Entry entry) {
    return (Receipted) Scopes.call(scope(), () -> SERVER.bean(AuditLog.class).append(entry));
  }

  private String record(String action, String object) {
    return append(Entry.done(log, node, action).on("secret", object)).id().toString();
  }

  private static List<String> actions(Answer page) {
    assertThat(page.status()).as(page.http().body()).isEqualTo(200);
    List<String> actions = new ArrayList<>();
    page.body().path("items").forEach(item -> actions.add(item.path("action").asString()));
    return actions;
  }

  private NoteKey key() {
    return NoteKey.parse(
        owner.get("/v1/audit/log/keys").body().path("items").get(0).path("public_key").asString());
  }

  @Test
  void recordsAreFoundByWhatTheySay() {
    record("secret.written", "one");
    append(Entry.denied(log, node, "secret.read", "not_found").on("secret", "two"));
    String mine = "actor=" + node.party().kind() + ":" + node.party().id();

    assertThat(actions(owner.get("/v1/audit/records?" + mine)))
        .containsExactly("secret.read", "secret.written");
    assertThat(actions(owner.get("/v1/audit/records?action=secret.read&" + mine)))
        .containsExactly("secret.read");
    assertThat(actions(owner.get("/v1/audit/records?object=secret:one")))
        .containsExactly("secret.written");
    assertThat(actions(owner.get("/v1/audit/records?outcome=denied&" + mine)))
        .containsExactly("secret.read");
    assertThat(actions(owner.get("/v1/audit/records?" + mine + "&to=2020-01-01T00:00:00Z")))
        .isEmpty();
    assertThat(actions(owner.get("/v1/audit/records?" + mine + "&from=2020-01-01T00:00:00Z")))
        .hasSize(2);
    assertThat(actions(owner.get("/v1/audit/records?object=secret:%27%20or%20true--"))).isEmpty();
    JsonNode denied =
        owner.get("/v1/audit/records?outcome=denied&" + mine).body().path("items").get(0);
    assertThat(denied.path("code").asString()).isEqualTo("not_found");
    assertThat(denied.path("object").path("id").asString()).isEqualTo("two");
    assertThat(denied.path("actor").path("kind").asString()).isEqualTo("node");
  }

  @Test
  void pagesFollowEachOtherWithoutGapsAlthoughReadingThemIsRecorded() {
    Set<String> written = new HashSet<>();
    for (int n = 0; n < 12; n++) {
      written.add(record("secret.read", "s" + n));
    }
    Set<String> read = new HashSet<>();
    String path = "/v1/audit/records?action=secret.read&limit=5";
    Answer page = owner.get(path);
    while (true) {
      page.body()
          .path("items")
          .forEach(item -> assertThat(read.add(item.path("record_id").asString())).isTrue());
      if (page.text("next").isEmpty()) {
        break;
      }
      page = owner.get(path + "&cursor=" + page.text("next"));
      assertThat(page.status()).isEqualTo(200);
    }
    assertThat(read).isEqualTo(written);
    assertThat(actions(owner.get("/v1/audit/records?action=record.list"))).hasSizeGreaterThan(2);
  }

  @ParameterizedTest
  @CsvSource({
    "actor=person, actor",
    "actor=Person:1, actor",
    "actor=:1, actor",
    "actor=person:, actor",
    "action=secret, action",
    "action=Secret.read, action",
    "object=secret, object",
    "outcome=DONE, outcome",
    "outcome=some, outcome",
    "from=yesterday, from",
    "from=2026-11-27, from",
    "to=2026-11-27T10:00, to",
    "to=%2B1000000000-01-01T00:00:00Z, to",
    "limit=0, limit"
  })
  void whatNothingCanBeLookedForByIsNamed(String query, String field) {
    for (String path : List.of("/v1/audit/records", "/v1/audit/records.csv")) {
      if (query.startsWith("limit") && path.endsWith("csv")) {
        continue;
      }
      Answer answer = owner.get(path + "?" + query);
      assertThat(answer.status()).as(answer.http().body()).isEqualTo(422);
      assertThat(answer.text("field")).isEqualTo(field);
    }
  }

  @Test
  void aParameterOrCursorThatIsNoneIsRefused() {
    Browser other = Browser.ofMember(SERVER, tenant, Role.AUDITOR);
    record("secret.read", "one");
    record("secret.read", "two");
    String cursor = owner.get("/v1/audit/records?limit=1").text("next");

    assertThat(owner.get("/v1/audit/records?tenant=" + tenant).text("code"))
        .isEqualTo("unknown_field");
    assertThat(other.get("/v1/audit/records?limit=1&cursor=" + cursor).text("code"))
        .as("another's")
        .isEqualTo("invalid_cursor");
    assertThat(owner.get("/v1/audit/records?outcome=done&cursor=" + cursor).text("code"))
        .as("of another list")
        .isEqualTo("invalid_cursor");
  }

  @Test
  void oneRecordIsReadAsItStandsAndItsReceiptVerifies() {
    String id = record("secret.read", "one");

    JsonNode read = owner.get("/v1/audit/records/" + id).body();
    Answer encoded = owner.get("/v1/audit/records/" + id + "/encoded");
    Answer receipt = owner.get("/v1/audit/records/" + id + "/receipt");

    assertThat(read.path("record_id").asString()).isEqualTo(id);
    assertThat(read.path("action").asString()).isEqualTo("secret.read");
    assertThat(encoded.header("Content-Disposition")).contains(id + ".record");
    assertThat(receipt.header("Content-Type")).isEqualToIgnoringCase("text/plain;charset=utf-8");
    Receipt parsed = Receipt.parse(receipt.http().body());
    assertThat(parsed.index()).isEqualTo(read.path("index").asLong());
    assertThat(
            parsed.check(
                encoded.http().body().getBytes(StandardCharsets.UTF_8),
                "cofferdam/" + log.name(),
                key(),
                Ed25519::verify))
        .isInstanceOf(Receipt.Check.Included.class);
  }

  @Test
  void anothersRecordAndNoneAreAnsweredAlikeAndTheDenialIsRecorded() {
    String foreign =
        Browser.ofSomebody(SERVER)
            .write("POST", "/v1/tenants", Map.of("slug", slug(), "name", "Other"))
            .header("Cofferdam-Record-Id");
    String missing = UUID.randomUUID().toString();
    for (String rest : List.of("", "/encoded", "/receipt", "/inclusion?size=1", "/personal")) {
      Answer others = owner.get("/v1/audit/records/" + foreign + rest);
      Answer none = owner.get("/v1/audit/records/" + missing + rest);

      assertThat(others.status()).as(rest).isEqualTo(404);
      assertThat(others.withoutRequestId()).isEqualTo(none.withoutRequestId());
      assertThat(others.http().headers().map().keySet())
          .isEqualTo(none.http().headers().map().keySet());
    }
    assertThat(actions(owner.get("/v1/audit/records?outcome=denied&object=record:" + foreign)))
        .contains("record.read", "record.read_personal");
  }

  @Test
  void whoSeesWhatRecordsSayIsRecordedFirstAndWhoSeesHashesIsNot() {
    String id = record("secret.read", "one");
    List<String> sensitive =
        List.of(
            "/v1/audit/records",
            "/v1/audit/records/" + id,
            "/v1/audit/records/" + id + "/encoded",
            "/v1/audit/log/tile/entries/000.p/1",
            "/v1/audit/records.jsonl",
            "/v1/audit/records.csv",
            "/v1/audit/log.tar");
    for (String path : sensitive) {
      long before = size();
      Answer answer = owner.get(path);
      assertThat(answer.status()).as(path).isEqualTo(200);
      assertThat(answer.header("Cache-Control")).as(path).isEqualTo("no-store");
      assertThat(size()).as(path).isEqualTo(before + 1);
      Receipt receipt =
          Receipt.parse(
              new String(
                  Base64.getDecoder().decode(answer.header("Cofferdam-Receipt")),
                  StandardCharsets.UTF_8));
      assertThat(receipt.index()).as(path).isEqualTo(before);
    }
    long before = size();
    for (String path :
        List.of(
            "/v1/audit/records/" + id + "/receipt",
            "/v1/audit/records/" + id + "/inclusion?size=" + before,
            "/v1/audit/log/tile/0/000.p/1",
            "/v1/audit/log/consistency?first=1&second=" + before,
            "/v1/audit/log/keys")) {
      assertThat(owner.get(path).status()).as(path).isEqualTo(200);
    }
    assertThat(size()).isEqualTo(before);
  }

  private Checkpoint checkpoint() {
    Answer answer = owner.get("/v1/audit/log/checkpoint");
    assertThat(answer.header("Content-Type")).isEqualToIgnoringCase("text/plain;charset=utf-8");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    Note note = Note.parse(answer.http().body());
    assertThat(key().check(note, Ed25519::verify)).isInstanceOf(NoteKey.Check.Signed.class);
    return Checkpoint.parse(note.text());
  }

  private long size() {
    return checkpoint().size();
  }

  @Test
  void whatWasKeptIsProvenToBeTheBeginning() {
    String id = record("secret.read", "one");
    Checkpoint kept = checkpoint();
    for (int n = 0; n < 5; n++) {
      record("secret.read", "later" + n);
    }
    Checkpoint newest = checkpoint();

    JsonNode consistency =
        owner
            .get("/v1/audit/log/consistency?first=" + kept.size() + "&second=" + newest.size())
            .body();
    assertThat(
            new ConsistencyProof(kept.size(), newest.size(), hashes(consistency))
                .proves(kept.root(), newest.root()))
        .isTrue();
    JsonNode inclusion =
        owner.get("/v1/audit/records/" + id + "/inclusion?size=" + kept.size()).body();
    byte[] encoded =
        owner
            .get("/v1/audit/records/" + id + "/encoded")
            .http()
            .body()
            .getBytes(StandardCharsets.UTF_8);
    assertThat(
            new InclusionProof(inclusion.path("index").asLong(), kept.size(), hashes(inclusion))
                .proves(Merkle.leaf(encoded), kept.root()))
        .isTrue();
  }

  private static List<Hash> hashes(JsonNode proof) {
    List<Hash> hashes = new ArrayList<>();
    proof
        .path("hashes")
        .forEach(hash -> hashes.add(Hash.of(Base64.getDecoder().decode(hash.asString()))));
    return hashes;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "consistency?first=-1&second=1",
        "consistency?first=2&second=1",
        "consistency?first=1&second=1000000"
      })
  void aProofOfWhatIsNotThereIsRefused(String query) {
    assertThat(owner.get("/v1/audit/log/" + query).text("code")).isEqualTo("invalid_field");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0/001",
        "0/000",
        "0/000.p/256",
        "0/000.p/0",
        "0/0",
        "7/000.p/1",
        "-1/000",
        "x/000",
        "entries/001",
        "entries/000.p/999",
        "entries/x000/000",
        "1/000.p/1"
      })
  void aTileThatIsNotThereIsNotFound(String tile) {
    assertThat(owner.get("/v1/audit/log/tile/" + tile).text("code")).isEqualTo("not_found");
  }

  @Test
  void whatNeverChangesMayBeKeptByWhoAskedAndByNobodyElse() {
    String other =
        owner
            .write("POST", "/v1/tenants", Map.of("slug", slug(), "name", "Other"))
            .text("tenant_id");
    Answer here = owner.get("/v1/audit/log/tile/0/000.p/1");
    String cookie = owner.cookie();
    owner.enter(other);
    Answer there = owner.get("/v1/audit/log/tile/0/000.p/1");

    assertThat(here.header("Cache-Control")).isEqualTo("private, max-age=31536000, immutable");
    assertThat(here.header("Vary")).isEqualTo("Cookie");
    assertThat(owner.cookie()).as("by which a cache tells them apart").isNotEqualTo(cookie);
    assertThat(there.http().body()).isNotEqualTo(here.http().body());
  }

  @Test
  void everybodyHasTheReceiptOfWhatTheyDidAndOfNothingElse() throws Exception {
    Browser member = Browser.ofMember(SERVER, tenant, Role.MEMBER);
    String left =
        member.write("DELETE", "/v1/session/workspace", null).header("Cofferdam-Record-Id");
    String entered = member.enter(tenant).header("Cofferdam-Record-Id");
    String founded =
        member
            .write("POST", "/v1/tenants", Map.of("slug", slug(), "name", "Own"))
            .header("Cofferdam-Record-Id");

    for (String own : List.of(left, entered, founded)) {
      Answer answer = member.get("/v1/receipts/" + own);
      assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
      String origin = "cofferdam/" + answer.text("log");
      assertThat(
              Receipt.parse(answer.text("receipt"))
                  .check(
                      answer.text("record").getBytes(StandardCharsets.UTF_8),
                      origin,
                      NoteKey.parse(answer.body().path("keys").get(0).asString()),
                      Ed25519::verify))
          .isInstanceOf(Receipt.Check.Included.class);
    }
    Answer missing = member.get("/v1/receipts/" + UUID.randomUUID());
    assertThat(missing.status()).isEqualTo(404);
    String ofTheOwner = owner.enter(tenant).header("Cofferdam-Record-Id");
    for (String foreign : List.of(ofTheOwner, record("secret.read", "one"))) {
      assertThat(member.get("/v1/receipts/" + foreign).withoutRequestId())
          .isEqualTo(missing.withoutRequestId());
    }
    assertThat(owner.get("/v1/receipts/" + entered).withoutRequestId())
        .isEqualTo(missing.withoutRequestId());
    assertThat(SERVER.send(SERVER.request("/v1/receipts/" + entered)).statusCode()).isEqualTo(401);
  }

  @Test
  void whatIsKeptApartOfAPersonIsOpenedUntilItIsErased() {
    UUID subject = UUID.randomUUID();
    String id =
        append(
                Entry.done(log, node, "member.invited")
                    .with(new PersonalData(subject, Map.of("address", "somebody@example.com"))))
            .id()
            .toString();

    assertThat(owner.get("/v1/audit/records/" + id).http().body())
        .contains("\"personal\":true")
        .doesNotContain("somebody@example.com");
    Answer opened = owner.get("/v1/audit/records/" + id + "/personal");
    assertThat(opened.body().path("fields").path("address").asString())
        .isEqualTo("somebody@example.com");
    assertThat(opened.text("subject_id")).isEqualTo(subject.toString());
    assertThat(actions(owner.get("/v1/audit/records?object=record:" + id)))
        .contains("record.read_personal");

    Scopes.run(scope(), () -> SERVER.bean(PersonalRecords.class).erase(subject));
    assertThat(owner.get("/v1/audit/records/" + id + "/personal").text("code")).isEqualTo("gone");
    String without = record("secret.read", "one");
    assertThat(owner.get("/v1/audit/records/" + without + "/personal").text("code"))
        .isEqualTo("not_found");
  }

  @Test
  void keysAreListedWithTheirHistory() {
    Ring ring = new Ring.OfTenant(log.tenant(), KeyPurpose.CHECKPOINT);
    String first = key().toString();
    Scopes.run(scope(), () -> SERVER.bean(Keyring.class).rotate(ring, 1));
    Scopes.run(scope(), () -> SERVER.bean(Keyring.class).rotate(ring, 2));
    Scopes.run(scope(), () -> SERVER.bean(Keyring.class).retire(ring, 1));

    JsonNode keys =
        Browser.ofMember(SERVER, tenant, Role.MEMBER)
            .get("/v1/audit/log/keys")
            .body()
            .path("items");
    assertThat(keys).extracting(key -> key.path("version").asInt()).containsExactly(3, 2, 1);
    assertThat(keys)
        .extracting(key -> key.path("state").asString())
        .containsExactly("active", "verifying_only", "retired");
    assertThat(keys.get(0).path("public_key").asString()).isNotEqualTo(first);
    assertThat(keys.get(2).has("public_key")).isFalse();
  }
}
