package dev.cofferdam.server.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.protocol.secret.SealedSecret;
import dev.cofferdam.server.edge.door.Strangers;
import dev.cofferdam.server.secrets.Yard.Answer;
import dev.cofferdam.server.secrets.Yard.Somebody;
import dev.cofferdam.server.surface.Authenticator;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.testing.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values in a second store, as it speaks over HTTP, by a role that logs in. */
class StoredElsewhereTest extends ValueStoreContract {
  private static final SecretStoreDouble STORE = new SecretStoreDouble();
  private static final KeyValueClient KEEPER =
      new KeyValueClient(STORE.origin(), SecretStoreDouble.ROOT);

  @RegisterExtension
  static final RunningServer SERVER =
      RunningServer.own(
          context ->
              context.registerBean(
                  Authenticator.class, Strangers::new, bean -> bean.setPrimary(true)),
          "cofferdam.egress.allowed=127.0.0.1:" + STORE.port(),
          "cofferdam.secret-store.address=" + STORE.origin(),
          "cofferdam.secret-store.role-id=" + SecretStoreDouble.ROLE,
          "cofferdam.secret-store.secret-id-file=" + file(SecretStoreDouble.SECRET_ID));

  StoredElsewhereTest() {
    super(new Yard(SERVER, SERVER.newTenant()));
  }

  private static Path file(String text) {
    try {
      Path file = Files.createTempFile("cofferdam", ".secret-id");
      file.toFile().deleteOnExit();
      return Files.writeString(file, text + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  static void close() {
    STORE.close();
  }

  @Override
  void make(String name) {
    Answer made = refer(writer, name, Map.of("path", "app/" + name));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
  }

  private Answer refer(Somebody who, String name, Map<String, String> reference) {
    return who.write(
        "POST",
        "/v1/projects/" + yard.project + "/secrets",
        Map.of("name", name, "reference", reference));
  }

  @Override
  void put(String name, byte[] value) {
    KEEPER.put(yard.scope.tenant(), "app/" + name, value);
  }

  @Override
  void destroy(String name, long version) {
    KEEPER.destroy(yard.scope.tenant(), "app/" + name, version);
  }

  @Override
  void failing(boolean now) {
    STORE.answers(
        now ? new SecretStoreDouble.Answer(503, "{\"errors\":[\"Vault is sealed\"]}") : null);
  }

  private void ready() {
    make(NAME);
    put(NAME, "one".getBytes(UTF_8));
    yard.grant(yard.project.value(), "node", node.id, "reader");
  }

  @Test
  void whatIsDeletedThereIsGoneAtOnceThoughItWasGivenBefore() {
    ready();
    assertOpens(node.reads(NAME), 1, "one".getBytes(UTF_8));

    KEEPER.delete(yard.scope.tenant(), "app/" + NAME, 1);

    assertThat(node.reads(NAME).status()).isEqualTo(410);
    assertThat(
            yard.sql(
                    "select count(*) from {schema}.sealed_answer where tenant_id = :tenant",
                    "secrets")
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void anyFieldCanBeNamedAndOneThatIsNoTextIsNotThere() {
    yard.grant(yard.project.value(), "node", node.id, "reader");
    KEEPER.put(yard.scope.tenant(), "both", Map.of("user", "hull", "number", 7, "nothing", ""));
    refer(writer, NAME, Map.of("path", "both", "field", "user"));
    refer(writer, "number", Map.of("path", "both", "field", "number"));
    refer(writer, "nothing", Map.of("path", "both", "field", "nothing"));
    refer(writer, "none", Map.of("path", "both", "field", "none"));

    assertOpens(node.reads(NAME), 1, "hull".getBytes(UTF_8));
    for (String name : List.of("number", "nothing", "none")) {
      assertThat(node.reads(name).status()).as(name).isEqualTo(404);
    }
  }

  @Test
  void aTenantHasNothingButWhatLiesBelowItsOwnId() {
    Yard theirs = new Yard(SERVER, SERVER.newTenant());
    KEEPER.put(theirs.scope.tenant(), "app/" + NAME, "theirs".getBytes(UTF_8));
    make(NAME);
    yard.grant(yard.project.value(), "node", node.id, "reader");

    assertThat(node.reads(NAME).status()).isEqualTo(404);
    String own = "/v1/secret/data/cofferdam/" + yard.scope.tenant() + "/app/" + NAME;
    assertThat(STORE.asked()).contains(own);
    for (String path :
        List.of(
            "../" + theirs.scope.tenant() + "/app/" + NAME,
            "app/../../" + theirs.scope.tenant() + "/app/" + NAME,
            "app/%2e%2e/x",
            "/app",
            "app/",
            "app//x",
            ".",
            "..",
            "app/.hidden",
            "app?version=1",
            "app#x",
            "app\\x",
            "app x",
            "",
            "a/b/c/d/e/f/g/h/i",
            "x".repeat(64))) {
      Answer refused = refer(writer, "other", Map.of("path", path));
      assertThat(refused.status()).as(path).isEqualTo(422);
      assertThat(refused.text("code")).isEqualTo("invalid_field");
    }
  }

  @Test
  void aTokenThatIsOverIsFetchedAnewOnce() {
    ready();
    assertOpens(node.reads(NAME), 1, "one".getBytes(UTF_8));
    STORE.forgetTokens();
    int before = STORE.asked().size();

    assertOpens(node.reads(NAME), 1, "one".getBytes(UTF_8));

    assertThat(STORE.asked().subList(before, STORE.asked().size()))
        .hasSize(3)
        .element(1)
        .isEqualTo("/v1/auth/approle/login");
  }

  @Test
  void whatHangsThereDoesNotTakeTheWayOutFromEverybody() throws Exception {
    ready();
    assertOpens(node.reads(NAME), 1, "one".getBytes(UTF_8));
    int before = STORE.asked().size();
    CountDownLatch opening = new CountDownLatch(1);
    STORE.waitsFor(opening);
    List<Future<Answer>> waiting = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        for (int n = 0; n < StoredElsewhere.AT_ONCE; n++) {
          waiting.add(threads.submit(() -> node.reads(NAME)));
        }
        while (STORE.asked().size() < before + StoredElsewhere.AT_ONCE) {
          LockSupport.parkNanos(1_000_000);
        }
        Answer more = node.reads(NAME);
        assertThat(more.status()).as(more.body()).isEqualTo(503);
        assertNothingLeft(more);
      } finally {
        opening.countDown();
      }
      for (Future<Answer> answer : waiting) {
        assertOpens(answer.get(), 1, "one".getBytes(UTF_8));
      }
    }
  }

  @Test
  void whenItIsLetInNoMoreNothingLeaves() {
    ready();
    STORE.forgetTokens();
    STORE.locks(true);
    try {
      Answer answer = node.reads(NAME);
      assertThat(answer.status()).as(answer.body()).isEqualTo(503);
      assertNothingLeft(answer);
    } finally {
      STORE.locks(false);
    }
    assertThat(node.reads(NAME).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "200 {}",
        "200 [1]",
        "200 not json",
        "200 {\"data\":{\"data\":{\"value\":\"one\"}}}",
        "200 {\"data\":{\"data\":{\"value\":\"one\"},\"metadata\":{\"version\":0}}}",
        "200 {\"data\":{\"data\":{\"value\":\"one\"},\"metadata\":{\"version\":1}}",
        "200 {\"data\":{\"data\":{\"value\":\"one\"},\"metadata\":{\"version\":1}}}{}",
        "200 {\"data\":{\"data\":{\"value\":\"one\"},\"metadata\":{\"version\":1}}}]",
        "200 {\"data\":{\"data\":{\"value\":\"one\",\"value\":\"two\"},\"metadata\":{\"version\":1}}}",
        "200 {\"data\":{\"data\":{\"value\":\"one\",\"value\":2},\"metadata\":{\"version\":1}}}",
        "200 {\"data\":{\"data\":{\"value\":\"one\"},\"data\":{},\"metadata\":{\"version\":1}}}",
        "200 {\"data\":{\"data\":{\"value\":\"one\"},\"metadata\":{\"version\":1,\"version\":2}}}",
        "200 {\"data\":{},\"data\":{\"data\":{\"value\":\"one\"},\"metadata\":{\"version\":1}}}",
        "307 ",
        "400 {\"errors\":[\"bad\"]}",
        "403 {\"errors\":[\"permission denied\"]}",
        "404 not json",
        "429 {\"errors\":[\"too many\"]}",
        "500 {\"errors\":[\"internal\"]}"
      })
  void whateverElseItAnswersNothingLeaves(String said) {
    ready();
    STORE.answers(
        new SecretStoreDouble.Answer(Integer.parseInt(said.substring(0, 3)), said.substring(4)));
    try {
      Answer answer = node.reads(NAME);

      assertThat(answer.status()).as(answer.body()).isEqualTo(503);
      assertThat(answer.text("code")).isEqualTo("unavailable");
      assertThat(answer.header("Retry-After")).isNotEmpty();
      assertNothingLeft(answer);
    } finally {
      STORE.answers(null);
    }
  }

  /** Also where the store itself says that it was another one. */
  @Test
  void aVersionThatWasNotAskedForAndAValueThatIsTooLongAreNoneOfOurs() {
    ready();
    put(NAME, "x".repeat(SealedSecret.LONGEST_VALUE + 1).getBytes(UTF_8));
    assertThat(node.reads(NAME).status()).isEqualTo(500);
    assertThat(node.reads(NAME + "?version=1").status()).isEqualTo(200);

    STORE.answers(
        new SecretStoreDouble.Answer(
            200, "{\"data\":{\"data\":{\"value\":\"one\"},\"metadata\":{\"version\":3}}}"));
    try {
      assertThat(node.reads(NAME + "?version=1").status()).isEqualTo(500);
    } finally {
      STORE.answers(null);
    }
  }

  @Test
  void whatIsAReferenceIsShownAsOneAndTakesNoValueHere() {
    ready();

    Answer shown = writer.get(yard.secret(NAME));

    assertThat(shown.json().path("reference").path("path").asString("")).isEqualTo("app/" + NAME);
    assertThat(shown.json().path("reference").path("field").asString("")).isEqualTo("value");
    assertThat(shown.json().path("version").asLong(-1)).isZero();
    assertThat(writer.put(NAME, new byte[] {1}, shown.header("ETag")).status()).isEqualTo(409);
    assertThat(refer(yard.person(Role.MEMBER, "reader"), "mine", Map.of("path", "a")).status())
        .isEqualTo(403);
  }
}
