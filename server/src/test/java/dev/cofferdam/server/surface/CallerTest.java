package dev.cofferdam.server.surface;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CallerTest {
  private static final PersonId ADA = new PersonId(new UUID(1, 1));
  private static final SignIn NOW = new SignIn(AcrClass.SINGLE_FACTOR, Instant.EPOCH);

  @Test
  void onePersonInTwoTenantsIsTwoPrincipalsAndInTwoSessionsOne() {
    assertThat(in(1, 1).principal()).isEqualTo(in(2, 1).principal());
    assertThat(in(1, 1).principal()).isNotEqualTo(in(1, 2).principal());
    assertThat(in(1, 1).principal())
        .isNotEqualTo(
            new Caller.Person(ADA, new SessionId(new UUID(3, 1)), Optional.empty(), NOW)
                .principal());
  }

  @Test
  void anOperatorIsAPersonAndInNoTenant() {
    Caller operator = new Caller.Operator(ADA, new SessionId(new UUID(3, 1)), NOW);

    assertThat(operator.tenant()).isEmpty();
    assertThat(operator.person()).contains(ADA);
    assertThat(operator.principal()).isNotEqualTo(in(1, 1).principal());
  }

  @Test
  void aNodeIsNoPersonAndAnotherOneInAnotherTenant() {
    Caller node = new Caller.Node(new NodeId(ADA.value()), new TenantId(new UUID(2, 1)));
    Caller elsewhere = new Caller.Node(new NodeId(ADA.value()), new TenantId(new UUID(2, 2)));

    assertThat(node.person()).isEmpty();
    assertThat(node.tenant()).contains(new TenantId(new UUID(2, 1)));
    assertThat(node.principal())
        .isNotEqualTo(in(1, 1).principal())
        .isNotEqualTo(elsewhere.principal());
  }

  private static Caller in(long session, long tenant) {
    return new Caller.Person(
        ADA,
        new SessionId(new UUID(3, session)),
        Optional.of(new Workspace(new TenantId(new UUID(2, tenant)), Role.MEMBER)),
        NOW);
  }
}
