package dev.cofferdam.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.testing.Faults;
import dev.cofferdam.server.testing.FaultyConnections;
import dev.cofferdam.server.testing.RunningServer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Signing up while everything on its way fails, and many at once: one tenant, or none yet. */
class ProvisioningTest {
  private static final Faults FAULTS =
      new Faults(
          Pattern.compile(
              "tenancy\\.create_tenant|tenancy\\.move_tenant|identity\\.found_tenant|audit\\.record\\("));

  @RegisterExtension
  static final RunningServer SERVER =
      RunningServer.own(
          context ->
              context.registerBean(FaultyConnections.class, () -> new FaultyConnections(FAULTS)),
          "cofferdam.identity.new-tenants=schema",
          "cofferdam.sign-up.tenants-per-person=1000",
          "cofferdam.limits.overrides.sign-up.principal=10000 per 1h burst 10000",
          "cofferdam.limits.overrides.sign-up.tenant=20000 per 1h burst 20000");

  private final Browser founder = Browser.ofSomebody(SERVER);
  private final String slug = "t" + UUID.randomUUID().toString().replace("-", "");
  private final Map<String, String> wanted = Map.of("slug", slug, "name", "Acme");

  @AfterEach
  void noMoreFaults() {
    FAULTS.let(0);
  }

  private Answer ask() {
    return founder.post("/v1/tenants", wanted);
  }

  /** Again where it is done and its receipt is late, as the answer says. */
  private Answer answered() {
    long began = System.nanoTime();
    Answer answer = ask();
    while (answer.text("code").equals("receipt_pending")) {
      assertThat(System.nanoTime() - began).isLessThan(30_000_000_000L);
      answer = ask();
    }
    return answer;
  }

  private int count(String sql) {
    return SERVER.superuser().sql(sql).param("slug", slug).query(Integer.class).single();
  }

  private int tenants() {
    return count("select count(*) from tenancy.tenant where slug = :slug");
  }

  private int owners() {
    return count(
        """
        select count(*) from identity.membership m join tenancy.tenant t using (tenant_id) where t.slug = :slug
        """);
  }

  private void usable(String tenant) {
    assertThat(tenants()).isOne();
    assertThat(owners()).isOne();
    assertThat(founder.enter(tenant).status()).isEqualTo(200);
    assertThat(founder.get("/v1/groups").status()).isEqualTo(200);
    assertThat(
            count(
                "select count(*) from pg_namespace where nspname = 'tenant_%s' and :slug <> ''"
                    .formatted(Scope.hex(UUID.fromString(tenant)))))
        .isOne();
  }

  @Test
  void whereverItFailsThereIsOneTenantOrNoneAndAskingAgainHealsIt() {
    founder.token();
    FAULTS.let(0.25);
    for (int attempt = 0; attempt < 40; attempt++) {
      ask();
      assertThat(tenants()).isLessThanOrEqualTo(1);
      assertThat(owners()).as("a tenant has its owner from the first").isEqualTo(tenants());
    }
    assertThat(FAULTS.total()).isPositive();
    FAULTS.let(0);
    Answer healed = answered();
    assertThat(healed.status()).as(healed.http().body()).isEqualTo(201);
    assertThat(healed.text("state")).isEqualTo("active");
    usable(healed.text("tenant_id"));
  }

  @Test
  void aSchemaThatCannotBeMadeIsShownAsSuchAndMadeLater() {
    guard("guard", "guard_away");
    try {
      // Its log has no place for its key yet: done, says the answer, and not provable so far.
      assertThat(ask().status()).isIn(201, 503);
      assertThat(workspace("state")).isEqualTo("provisioning");
      assertThat(founder.enter(workspace("tenant_id")).text("code")).isEqualTo("conflict");
      ask();
      assertThat(workspace("state")).as("asked again, too early").isEqualTo("provisioning");
    } finally {
      guard("guard_away", "guard");
    }
    String stuck = workspace("tenant_id");
    Answer healed = answered();
    assertThat(healed.text("tenant_id")).isEqualTo(stuck);
    assertThat(healed.text("state")).isEqualTo("active");
    usable(healed.text("tenant_id"));
  }

  private String workspace(String field) {
    return founder.get("/v1/workspaces").body().path("items").get(0).path(field).asString();
  }

  /** The function that every placed migration calls, under another name for a while. */
  private static void guard(String from, String to) {
    SERVER
        .superuser()
        .sql("alter function tenancy.%s(regclass, text, text[]) rename to %s".formatted(from, to))
        .update();
  }

  @Test
  void aHundredAtOnceAreOneTenant() throws Exception {
    founder.token();
    List<Answer> answers = SessionsTest.atOnce(100, n -> ask());
    List<String> made =
        answers.stream()
            .filter(answer -> answer.status() == 201)
            .map(answer -> answer.text("tenant_id"))
            .distinct()
            .toList();
    assertThat(made).hasSizeLessThanOrEqualTo(1);
    Answer after = answered();
    assertThat(after.text("state")).as(after.http().body()).isEqualTo("active");
    assertThat(List.of(after.text("tenant_id"))).containsAll(made);
    usable(after.text("tenant_id"));
  }
}
