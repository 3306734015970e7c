package dev.cofferdam.server.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.server.surface.AcrClass;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.SessionId;
import dev.cofferdam.server.surface.SignIn;
import dev.cofferdam.server.surface.Workspace;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.TenantId;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final String TABLE =
      """
      all    light    principal  6000 per 1m burst 1000
      all    light    tenant    60000 per 1m burst 10000
      all    light    address    6000 per 1m burst 1000
      door   ordinary address      60 per 1m burst 10
      read   light    principal    60 per 1m burst 10
      read   light    tenant      120 per 1m burst 20
      import heavy    principal    60 per 1m burst 60
      import heavy    tenant      120 per 1m burst 120
      """;

  private final Requests requests = new Requests(TABLE);
  private final TenantId tenant = Requests.tenant();

  @Test
  void letsInWhatTheBurstAllowsAndThenWhatIsRefilled() {
    Requester someone = Requests.of(tenant);

    assertThat(requests.let(15, "read", someone)).isEqualTo(10);
    requests.clock.advance(Duration.ofSeconds(3));
    assertThat(requests.let(15, "read", someone)).isEqualTo(3);
    requests.clock.advance(Duration.ofHours(1));
    assertThat(requests.let(15, "read", someone)).isEqualTo(10);
  }

  @Test
  void tellsTheRequesterTheStateOfTheirOwnQuotaAndWhenToComeBack() {
    Requester someone = Requests.of(tenant);
    Taking first = requests.limits.take("read", someone);
    requests.let(9, "read", someone);
    Taking last = requests.limits.take("read", someone);

    assertThat(first).isInstanceOf(Taking.Taken.class);
    assertThat(first.rateLimit().policyField()).isEqualTo("\"read\";q=60;w=60");
    assertThat(first.rateLimit().field()).isEqualTo("\"read\";r=9;t=1");
    assertThat(last)
        .isInstanceOfSatisfying(
            Taking.Exhausted.class,
            exhausted -> {
              assertThat(exhausted.by()).isEqualTo(By.PRINCIPAL);
              assertThat(exhausted.retryAfterSeconds()).isEqualTo(1);
              assertThat(exhausted.rateLimit().field()).isEqualTo("\"read\";r=0;t=10");
            });
    requests.clock.advance(Duration.ofSeconds(1));
    assertThat(requests.let(1, "read", someone)).isOne();
  }

  @Test
  void aNoisyPrincipalLeavesOthersOfItsTenantTheirShare() {
    assertThat(requests.let(1_000, "read", Requests.of(tenant))).isEqualTo(10);

    assertThat(requests.let(10, "read", Requests.of(tenant))).isEqualTo(10);
  }

  @Test
  void manyPrincipalsOfOneTenantGetNoMoreThanTheTenantAndLeaveOtherTenantsAlone() {
    int let = 0;
    for (int person = 0; person < 50; person++) {
      let += requests.let(10, "read", Requests.of(tenant));
    }

    assertThat(let).isEqualTo(20);
    assertThat(requests.let(10, "read", Requests.of(Requests.tenant()))).isEqualTo(10);
  }

  @Test
  void theSamePersonIsCountedTogetherOverAllSessions() {
    PersonId person = new PersonId(UUID.randomUUID());
    int let = 0;
    for (int session = 0; session < 4; session++) {
      let +=
          requests.let(5, "read", Requester.of(signedIn(person), InetAddress.getLoopbackAddress()));
    }

    assertThat(let).isEqualTo(10);
  }

  @Test
  void whoIsKnownIsNotHeldUpByStrangersOfTheSameAddress() {
    InetAddress office = Requests.at("203.0.113.7").address();
    Caller.Person colleague = signedIn(new PersonId(UUID.randomUUID()));
    requests.let(5_000, "door", Requester.of(new Caller.Anonymous(), office));

    assertThat(requests.let(1, "door", Requester.of(new Caller.Anonymous(), office))).isZero();
    assertThat(requests.let(10, "read", Requester.of(colleague, office))).isEqualTo(10);
    assertThat(requests.let(10, "door", Requester.of(colleague, office))).isEqualTo(10);
  }

  @Test
  void allClassesTogetherTakeFromOneBudgetByTheirCost() {
    Requester someone = Requests.of(tenant);

    assertThat(requests.let(60, "import", someone)).isEqualTo(50);
    assertThat(requests.limits.take("read", someone))
        .isInstanceOfSatisfying(
            Taking.Exhausted.class,
            exhausted -> assertThat(exhausted.by()).isEqualTo(By.PRINCIPAL));
  }

  @Test
  void addressesOfOneIpv6NetworkAreOne() {
    assertThat(requests.let(8, "door", Requests.at("2001:db8:1:2::1"))).isEqualTo(8);
    assertThat(requests.let(8, "door", Requests.at("2001:db8:1:2:ffff::9"))).isEqualTo(2);
    assertThat(requests.let(8, "door", Requests.at("2001:db8:1:3::1"))).isEqualTo(8);
    assertThat(requests.let(8, "door", Requests.at("::ffff:198.51.100.1"))).isEqualTo(8);
    assertThat(requests.let(8, "door", Requests.at("198.51.100.1"))).isEqualTo(2);
  }

  @Test
  void aWholeIpv6SiteGetsSixteenTimesOneAddressAndNoMore() {
    int let = 0;
    for (int network = 0; network < 2_000; network++) {
      let +=
          requests.let(
              10, "door", Requests.at("2001:db8:7:" + Integer.toHexString(network) + "::1"));
    }

    assertThat(let).isEqualTo(160);
    assertThat(requests.let(10, "door", Requests.at("2001:db8:8::1"))).isEqualTo(10);
  }

  @Test
  void manyAddressesNeitherGrowTheMemoryNorPushOutAnExhaustedPrincipal() {
    Requester noisy = Requests.of(tenant);
    requests.let(20, "read", noisy);
    for (int number = 0; number < 100_000; number++) {
      requests.limits.take(
          "door",
          Requests.at("10.%d.%d.%d".formatted(number >> 16, number >> 8 & 255, number & 255)));
    }

    assertThat(requests.buckets.kept(By.ADDRESS)).isLessThanOrEqualTo(60_000);
    assertThat(requests.buckets.kept(By.PRINCIPAL)).isEqualTo(2);
    assertThat(requests.let(1, "read", noisy)).isZero();
  }

  @Test
  void aBucketThatIsFullAgainIsForgotten() {
    requests.let(3, "door", Requests.at("198.51.100.1"));
    requests.clock.advance(Duration.ofMinutes(5));

    assertThat(requests.buckets.kept(By.ADDRESS)).isZero();
  }

  @Test
  void aClockThatGoesBackwardsLetsNobodyIn() {
    Requester someone = Requests.of(tenant);
    requests.let(10, "read", someone);
    requests.clock.advance(Duration.ofSeconds(-30));

    assertThat(requests.let(5, "read", someone)).isZero();
  }

  @Test
  void refusalsAreCountedByLimitAndKind() {
    requests.let(25, "read", Requests.of(tenant));

    assertThat(
            requests
                .meters
                .counter("cofferdam.limits.refused", "limit", "read", "by", "principal")
                .count())
        .isEqualTo(15);
  }

  @Test
  void aLimitThatTheTableDoesNotHaveIsRefusedAndNotFree() {
    assertThatThrownBy(() -> requests.limits.take("nothing", Requests.of(tenant)))
        .hasMessageContaining("`nothing`");
    assertThatThrownBy(() -> requests.limits.take("all", Requests.of(tenant)))
        .hasMessageContaining("`all`");
  }

  private Caller.Person signedIn(PersonId person) {
    return new Caller.Person(
        person,
        new SessionId(UUID.randomUUID()),
        Optional.of(new Workspace(tenant, Role.MEMBER)),
        new SignIn(AcrClass.SINGLE_FACTOR, Instant.EPOCH));
  }
}
