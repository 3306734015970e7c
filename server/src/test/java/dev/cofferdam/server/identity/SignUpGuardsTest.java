package dev.cofferdam.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.server.mail.EmailAddress;
import dev.cofferdam.server.testing.RunningServer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignUpGuardsTest {
  @RegisterExtension
  static final RunningServer SERVER =
      RunningServer.own(
          "cofferdam.sign-up.tenants-per-person=2",
          "cofferdam.sign-up.blocked-domains=blocked.example",
          // What is counted here is not how often somebody asks.
          "cofferdam.limits.overrides.sign-up.principal=1000 per 1h burst 1000",
          "cofferdam.limits.overrides.sign-up.tenant=2000 per 1h burst 2000");

  private static Map<String, String> wanted() {
    return Map.of("slug", "t" + UUID.randomUUID().toString().replace("-", ""), "name", "Acme");
  }

  private static Browser withAddress(String email) {
    return new Browser(SERVER, SignedIn.withAddress(SERVER, email).handle);
  }

  @Test
  void whoOwnsAsManyAsTheyMayFoundsNoMoreHoweverManyAtOnce() throws Exception {
    Browser founder = withAddress("ann@example.com");
    founder.token();
    List<Integer> answers =
        SessionsTest.atOnce(12, n -> founder.post("/v1/tenants", wanted()).status());
    assertThat(answers).filteredOn(status -> status == 201).hasSize(2);
    assertThat(answers).filteredOn(status -> status == 409).hasSize(10);
    assertThat(founder.get("/v1/workspaces").body().path("items").size()).isEqualTo(2);
    assertThat(founder.post("/v1/tenants", wanted()).text("code")).isEqualTo("quota_reached");
  }

  @Test
  void throwAwayAddressesFoundNoTenants() {
    for (String email : List.of("a@mailinator.com", "a@x.mailinator.com", "a@blocked.example")) {
      Browser founder = withAddress(email);
      assertThat(founder.post("/v1/tenants", wanted()).text("code"))
          .as(email)
          .isEqualTo("address_not_allowed");
      assertThat(founder.get("/v1/workspaces").body().path("items").size()).isZero();
    }
    Browser unknown = new Browser(SERVER, SignedIn.withAddress(SERVER, null).handle);
    assertThat(unknown.post("/v1/tenants", wanted()).status()).isEqualTo(403);
    assertThat(withAddress("a@notblocked.example").post("/v1/tenants", wanted()).status())
        .isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource({
    "true,a@example.com,,true",
    "true,,,false",
    "false,,,true",
    "true,a@example.com,example.com,true",
    "true,a@sub.example.com,example.com,true",
    "true,a@example.org,example.com,false",
    "true,a@badexample.com,example.com,false",
    "true,a@mailinator.com,mailinator.com,false",
    "false,a@mailinator.com,,false"
  })
  void anAddressIsAdmittedByItsDomain(
      boolean verified, String address, String allowed, boolean admitted) {
    SignUpGuards guards =
        new SignUpGuards(
            new SignUpSettings(
                verified, allowed == null ? List.of() : List.of(allowed), List.of(), null, 10),
            SERVER.bean(Sessions.class));
    assertThat(guards.admits(Optional.ofNullable(address).flatMap(EmailAddress::of)))
        .isEqualTo(admitted);
  }

  @Test
  void settingsThatSayNothingAreRefused() {
    assertThatThrownBy(() -> new SignUpSettings(true, List.of("no domain"), List.of(), null, 10))
        .hasMessageContaining("allowed-domains");
    assertThatThrownBy(() -> new SignUpSettings(true, List.of(), List.of(), null, 0))
        .hasMessageContaining("tenants-per-person");
    assertThatThrownBy(() -> new SignUpSettings(false, List.of("example.com"), List.of(), null, 10))
        .hasMessageContaining("verified-address");
  }
}
