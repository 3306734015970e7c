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
    Answer healed = ask();
    assertThat(healed.status()).as(healed.http().body()).isEqualTo(201);
    assertThat(healed.text("state")).isEqualTo("active");
    usable(healed.text("tenant_id"));
  }

  @Test
  void aSchemaThatCannotBeMadeIsShownAsSuchAndMadeLater() {
    guard("guard", "guard_away");
    Answer stuck = ask();
    try {
      assertThat(stuck.status()).as(stuck.http().body()).isEqualTo(201);
      assertThat(stuck.text("state")).isEqualTo("provisioning");
      assertThat(founder.get("/v1/workspaces").body().path("items").get(0).path("state").asString())
          .isEqualTo("provisioning");
      assertThat(founder.enter(stuck.text("tenant_id")).text("code")).isEqualTo("conflict");
      assertThat(ask().text("state")).as("asked again, too early").isEqualTo("provisioning");
    } finally {
      guard("guard_away", "guard");
    }
    Answer healed = ask();
    assertThat(healed.text("tenant_id")).isEqualTo(stuck.text("tenant_id"));
    assertThat(healed.text("state")).isEqualTo("active");
    usable(healed.text("tenant_id"));
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
    assertThat(made).hasSize(1);
    assertThat(answers).allMatch(answer -> answer.status() == 201 || answer.status() >= 409);
    assertThat(ask().text("state")).isEqualTo("active");
    usable(made.getFirst());
  }
}
