package dev.cofferdam.server.authz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.server.surface.Access;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoliciesStartTest {
  private static final String SCHEMA = AuthzConfiguration.resource("schema.cedarschema");
  private static final Entrance SOMEBODY =
      new Entrance(Subject.PERSON, Access.PERSON, true, true, true, true, true, true);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "permit (principal, action == Action::\"view_tenant\", resource) when { context.same_tenant };",
        "permit (principal, action == Action::\"veiw_tenant\", resource);",
        "permit (principal, action == Action::\"view_tenant\", resource) when { context.membership == Membership::\"boss\" };",
        "permit (principal is Root, action, resource);",
        "permit (principal, action == Action::\"view_thing\", resource) when { context.relation >= \"reader\" };",
        "permit (principal, action == Action::\"view_thing\", resource) when { principal is Tenant };",
        "permit (principal, action, resource"
      })
  void aPolicyThatTheSchemaDoesNotAllowStopsTheStart(String policy) {
    assertThatThrownBy(() -> Policies.of(SCHEMA, policy))
        .isInstanceOf(PoliciesRefusedException.class)
        .hasMessageContaining("policies");
  }

  @Test
  void aPolicyThatErrsDeniesAndAlertsAlthoughCedarWouldSkipIt() {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    Authorization authorization =
        new Authorization(
            Policies.of(
                SCHEMA,
                """
                permit (principal, action, resource);
                forbid (principal, action == Action::"view_thing", resource)
                when { (context.relation + 9223372036854775807) * 2 > 0 };
                """),
            meters);
    Facts facts =
        new Facts(
            Action.VIEW_THING,
            new Standing(Subject.PERSON, Membership.OWNER, true, true, true, true),
            new Matter.OnThing(new Matter.Reach(Relation.READER, false), Matter.State.ACTIVE));

    assertThat(authorization.decide(facts)).isInstanceOf(Decision.Denied.class);
    assertThat(authorization.decide(facts)).isInstanceOf(Decision.Denied.class);
    assertThat(meters.counter("cofferdam.authz.failures").count()).isGreaterThanOrEqualTo(2);
    assertThat(authorization.enter(SOMEBODY)).isInstanceOf(Decision.Permitted.class);
  }

  @Test
  void withoutAPolicyNobodyEnters() {
    Authorization authorization =
        new Authorization(Policies.of(SCHEMA, ""), new SimpleMeterRegistry());

    assertThat(authorization.enter(SOMEBODY)).isInstanceOf(Decision.Denied.class);
  }
}
