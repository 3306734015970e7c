package dev.cofferdam.server.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.protocol.secret.SealedSecret;
import dev.cofferdam.server.edge.door.Strangers;
import dev.cofferdam.server.secrets.Yard.Answer;
import dev.cofferdam.server.secrets.Yard.Somebody;
import dev.cofferdam.server.surface.Authenticator;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.Tenants.WantedPlacement;
import dev.cofferdam.server.tenancy.database.TableList;
import dev.cofferdam.server.testing.RunningServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people do with secrets, and that no value ever comes back to them. */
class SecretWritesTest {
  private static final byte[] VALUE = "a canary that sings in no table".getBytes(UTF_8);

  @RegisterExtension
  static final RunningServer SERVER =
      RunningServer.own(
          context ->
              context.registerBean(
                  Authenticator.class, Strangers::new, bean -> bean.setPrimary(true)),
          "cofferdam.secrets.most-of-a-project=4",
          "cofferdam.secrets.versions-kept=2");

  private final Yard yard = new Yard(SERVER, SERVER.newTenant());
  private final Somebody writer = yard.person(Role.MEMBER, "writer");
  private final Somebody manager = yard.person(Role.MEMBER, "manager");

  private Answer made(String name) {
    return writer.write("POST", "/v1/projects/" + yard.project + "/secrets", Map.of("name", name));
  }

  @ParameterizedTest
  @EnumSource
  void aSecretIsMadeValuedAndListedWithoutItsValue(WantedPlacement placement) {
    Yard here = new Yard(SERVER, SERVER.newTenant(placement));
    Somebody theirs = here.person(Role.MEMBER, "writer");
    Answer made =
        theirs.write(
            "POST",
            "/v1/projects/" + here.project + "/secrets",
            Map.of("name", "db-password", "note", "of the orders", "rotate_after_days", 90));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    assertThat(made.header("Location")).isEqualTo(here.secret("db-password"));
    assertThat(made.json().path("version").asInt()).isZero();

    Answer put = theirs.put("db-password", VALUE, made.header("ETag"));
    assertThat(put.status()).as(put.body()).isEqualTo(200);
    assertThat(put.json().path("version").asInt()).isEqualTo(1);
    assertThat(put.header("Cofferdam-Receipt")).isNotEmpty();
    assertThat(put.text("due_at")).isNotEmpty();

    Answer shown = theirs.get(here.secret("db-password"));
    assertThat(shown.json()).isEqualTo(put.json());
    assertThat(shown.header("ETag")).isEqualTo(put.header("ETag"));
    assertThat(theirs.get("/v1/projects/" + here.project + "/secrets").json().path("items").get(0))
        .isEqualTo(put.json());
    assertThat(theirs.get(here.secret("db-password") + "/versions").json().path("items"))
        .hasSize(1);
    assertThat(put.body() + shown.body()).doesNotContain("canary");
  }

  @Test
  void aValueIsInNoTableAndInNoRecord() {
    writer.makes("canary", VALUE);

    String hex = HexFormat.of().formatHex(VALUE);
    for (TableList.ListedTable listed : TableList.ofCofferdam().tables()) {
      String table = listed.name();
      String rows =
          SERVER
              .superuser()
              .sql("select coalesce(string_agg(t::text, ''), '') from " + table + " t")
              .query(String.class)
              .single();
      assertThat(rows.contains(hex) || rows.contains(new String(VALUE, UTF_8))).as(table).isFalse();
    }
  }

  @Test
  void ofManyWritersWhoReadTheSameStateOneIsStored() throws Exception {
    String tag = made("contended").header("ETag");
    List<Future<Answer>> answers = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int n = 0; n < 40; n++) {
        byte[] value = ("value " + n).getBytes(UTF_8);
        answers.add(threads.submit(() -> writer.put("contended", value, tag)));
      }
    }

    Map<Integer, Integer> statuses = new HashMap<>();
    for (Future<Answer> answer : answers) {
      statuses.merge(answer.get().status(), 1, Integer::sum);
    }
    assertThat(statuses).isEqualTo(Map.of(200, 1, 412, 39));
    assertThat(writer.get(yard.secret("contended")).json().path("version").asInt()).isEqualTo(1);
  }

  @Test
  void aValueIsBytesOnAConditionAndNotTooMany() {
    String tag = made("strict").header("ETag");

    assertThat(writer.put("strict", VALUE, "\"7\"").status()).isEqualTo(412);
    assertThat(writer.write("PUT", yard.secret("strict") + "/value", Map.of(), "If-Match", tag))
        .extracting(Answer::status)
        .isEqualTo(415);
    assertThat(writer.put("strict", new byte[SealedSecret.LONGEST_VALUE + 1], tag).status())
        .isEqualTo(413);
    assertThat(writer.without("PUT", yard.secret("strict") + "/value").status()).isEqualTo(428);
    assertThat(writer.put("strict", new byte[SealedSecret.LONGEST_VALUE], tag).status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Upper", "9lives", "a/b", "a.b", "ä", "a b", "--"})
  void aNameOfAnotherFormIsNone(String name) {
    Answer refused = made(name);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text("field")).isEqualTo("name");
  }

  @Test
  void whoMayNotWriteChangesNothingAndWhoMaySeeNothingLearnsNothing() {
    writer.makes("guarded", VALUE);
    String tag = writer.get(yard.secret("guarded")).header("ETag");
    Somebody reader = yard.person(Role.MEMBER, "reader");
    Somebody auditor = yard.person(Role.AUDITOR, "manager");
    Somebody stranger = yard.person(Role.MEMBER, "");

    for (Somebody looker : List.of(reader, auditor)) {
      assertThat(looker.get(yard.secret("guarded")).status()).isEqualTo(200);
      assertThat(looker.put("guarded", VALUE, tag).status()).isEqualTo(403);
      assertThat(looker.without("DELETE", yard.secret("guarded")).status()).isEqualTo(403);
    }
    for (Answer nothing :
        List.of(
            stranger.get(yard.secret("guarded")),
            stranger.get(yard.secret("missing")),
            stranger.put("guarded", VALUE, tag),
            stranger.without("DELETE", yard.secret("guarded")),
            stranger.get("/v1/projects/" + yard.project + "/secrets"),
            stranger.get("/v1/projects/" + UUID.randomUUID() + "/secrets"))) {
      assertThat(nothing.status()).as(nothing.body()).isEqualTo(404);
      assertThat(nothing.withoutRequestId())
          .isEqualTo(stranger.get(yard.secret("missing")).withoutRequestId());
    }
    // An owner sees it, and puts nothing without a relation, as with everything in a project.
    Somebody owner = yard.person(Role.OWNER, "");
    assertThat(owner.get(yard.secret("guarded")).status()).isEqualTo(200);
    assertThat(owner.put("guarded", VALUE, tag).status()).isEqualTo(403);
    assertThat(writer.get(yard.secret("guarded")).header("ETag")).isEqualTo(tag);
  }

  @Test
  void nobodyButANodeAsksForAValue() {
    writer.makes("sealed", VALUE);

    for (Somebody person : List.of(writer, manager, yard.person(Role.OWNER, "manager"))) {
      Answer refused = person.reads("sealed");
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.header("Cofferdam-Key-Id")).isEmpty();
    }
  }

  @Test
  void theNewestVersionsAreKept() {
    writer.makes("aged", VALUE);
    writer.puts("aged", VALUE);
    writer.puts("aged", VALUE);

    assertThat(writer.get(yard.secret("aged") + "/versions").json().path("items"))
        .extracting(version -> version.path("version").asInt())
        .containsExactly(3, 2);
  }

  @Test
  void aDeletedOneIsRestoredAndKeepsItsNameUntilItIsPurged() {
    writer.makes("lost", VALUE);
    String path = yard.secret("lost");

    assertThat(writer.without("POST", path + "/restore").status()).isEqualTo(409);
    assertThat(writer.without("DELETE", path).status()).isEqualTo(200);
    assertThat(writer.without("DELETE", path).status()).isEqualTo(409);
    assertThat(writer.put("lost", VALUE, writer.get(path).header("ETag")).status()).isEqualTo(409);
    assertThat(made("lost").status()).isEqualTo(409);
    assertThat(listed("")).doesNotContain("lost");
    assertThat(listed("?state=deleted")).containsExactly("lost");
    assertThat(writer.without("POST", path + "/restore").status()).isEqualTo(200);
    assertThat(listed("")).containsExactly("lost");

    writer.without("DELETE", path);
    // Who signed in with one factor is asked for more, whoever they are.
    Answer challenged = manager.without("POST", path + "/purge");
    assertThat(challenged.status()).isEqualTo(401);
    assertThat(challenged.text("code")).isEqualTo("insufficient_user_authentication");
  }

  private List<String> listed(String query) {
    List<String> names = new ArrayList<>();
    writer
        .get("/v1/projects/" + yard.project + "/secrets" + query)
        .json()
        .path("items")
        .forEach(item -> names.add(item.path("name").asString()));
    return names;
  }

  @Test
  void whatIsDueIsListed() {
    made("due");
    writer.write(
        "PATCH",
        yard.secret("due"),
        Map.of("rotate_after_days", 1),
        "If-Match",
        writer.get(yard.secret("due")).header("ETag"));
    writer.puts("due", VALUE);
    assertThat(listed("?state=due")).isEmpty();
    yard.sql(
            "update {schema}.secret set valued_at = now() - interval '25 hours' where tenant_id = :tenant",
            "secrets")
        .update();

    assertThat(listed("?state=due")).containsExactly("due");
    assertThat(writer.get("/v1/projects/" + yard.project + "/secrets?state=whatever").text("field"))
        .isEqualTo("state");
    writer.puts("due", VALUE);
    assertThat(listed("?state=due")).isEmpty();
  }

  @Test
  void aProjectHasSoManyAndNoMore() {
    for (String name : List.of("one", "two", "three", "four")) {
      assertThat(made(name).status()).isEqualTo(201);
    }
    assertThat(made("five").text("code")).isEqualTo("quota_reached");
    assertThat(made("four").text("code")).isEqualTo("name_taken");
  }

  @Test
  void nothingIsChangedInAnArchivedProject() {
    writer.makes("kept", VALUE);
    String tag = writer.get(yard.secret("kept")).header("ETag");
    yard.sql("update {schema}.project set state = 'archived' where tenant_id = :tenant", "authz")
        .update();

    assertThat(writer.put("kept", VALUE, tag).status()).isEqualTo(409);
    assertThat(writer.without("DELETE", yard.secret("kept")).status()).isEqualTo(409);
    assertThat(writer.get(yard.secret("kept")).status()).isEqualTo(200);
  }

  @Test
  void aSecretIsGrantedToNodesAndGroupsByWhoManagesItsProject() {
    writer.makes("granted", VALUE);
    Somebody node = yard.node(new NodeKeys());
    UUID group = yard.group(node);
    String grants = yard.secret("granted") + "/grants";

    assertThat(writer.without("PUT", grants + "/node/" + node.id).status()).isEqualTo(403);
    assertThat(manager.without("PUT", grants + "/node/" + node.id).status()).isEqualTo(200);
    assertThat(manager.without("PUT", grants + "/group/" + group).status()).isEqualTo(200);
    assertThat(manager.without("PUT", grants + "/person/" + writer.id).status()).isEqualTo(404);
    assertThat(manager.without("PUT", grants + "/node/" + UUID.randomUUID()).status())
        .isEqualTo(404);
    assertThat(manager.without("PUT", yard.secret("missing") + "/grants/node/" + node.id).status())
        .isEqualTo(404);
    assertThat(manager.get(grants).json().path("items"))
        .extracting(grant -> grant.path("subject_kind").asString())
        .containsExactly("group", "node");
    assertThat(writer.get(grants).status()).isEqualTo(403);
    assertThat(manager.without("DELETE", grants + "/group/" + group).status()).isEqualTo(200);
    assertThat(manager.without("DELETE", grants + "/group/" + group).status()).isEqualTo(404);
    assertThat(manager.get(grants).json().path("items")).hasSize(1);
  }
}
