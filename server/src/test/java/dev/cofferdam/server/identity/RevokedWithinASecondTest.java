package dev.cofferdam.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.identity.token.PersonalTokens;
import dev.cofferdam.server.identity.token.TokenChange;
import dev.cofferdam.server.identity.token.TokenWish;
import dev.cofferdam.server.surface.Authentication;
import dev.cofferdam.server.surface.Authenticator;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ETag;
import dev.cofferdam.server.surface.IfMatch;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.TokenScope;
import dev.cofferdam.server.surface.Workspace;
import dev.cofferdam.server.tenancy.Placement;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.driver.BoundPool;
import dev.cofferdam.server.testing.RunningServer;
import dev.cofferdam.server.testing.Soon;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.mock.web.MockHttpServletRequest;

/** Two servers of one database: what one ends, the other refuses. */
class RevokedWithinASecondTest {
  @RegisterExtension static final RunningServer ONE = RunningServer.shared();

  @RegisterExtension static final RunningServer OTHER = RunningServer.besides(ONE);
  @RegisterExtension static final RunningServer THIRD = RunningServer.besides(ONE);

  private SignedIn ann;
  private TenantId tenant;

  @BeforeEach
  void signIn() {
    ann = SignedIn.somebody(ONE);
    tenant = ann.tenant(Role.OWNER);
    ann.enter(tenant);
    assertThat(there().map(Caller.Person::workspace))
        .contains(Optional.of(new Workspace(tenant, Role.OWNER)));
  }

  private Optional<Caller.Person> there() {
    return ann.seenBy(OTHER) instanceof Authentication.Known(Caller.Person person)
        ? Optional.of(person)
        : Optional.empty();
  }

  @Test
  void aSignOut() {
    ONE.bean(Sessions.class).end(SignedIn.call(), ann.person(), ann.opened.session());
    Soon.holds(() -> there().isEmpty());
  }

  @Test
  void aSignOutEverywhere() {
    ONE.bean(Sessions.class).endAll(SignedIn.call(), ann.person());
    Soon.holds(() -> there().isEmpty());
  }

  @Test
  void aDemotionAndARemoval() {
    SignedIn boss = SignedIn.somebody(ONE);
    boss.join(tenant, Role.OWNER);
    boss.enter(tenant);
    Memberships memberships = ONE.bean(Memberships.class);
    Scope.OfTenant scope = new Scope.OfTenant(tenant, new Placement.Shared());

    Scopes.run(
        scope,
        () ->
            assertThat(
                    memberships.change(
                        SignedIn.call(),
                        boss.person(),
                        ann.opened.person(),
                        Role.MEMBER,
                        version(1)))
                .isInstanceOf(MembershipChange.Changed.class));
    Soon.holds(() -> there().orElseThrow().workspace().orElseThrow().role() == Role.MEMBER);

    Scopes.run(
        scope,
        () ->
            assertThat(
                    memberships.remove(
                        SignedIn.call(), boss.person(), ann.opened.person(), version(2)))
                .isInstanceOf(MembershipChange.Changed.class));
    Soon.holds(() -> there().orElseThrow().workspace().isEmpty());
  }

  private static IfMatch version(long number) {
    return new IfMatch(List.of(ETag.ofVersion(number)));
  }

  @Test
  void aHandleThatWasRenewed() {
    SessionHandle before = ann.handle;
    ann.enter(tenant);
    SessionHandle after = ann.handle;
    ann.handle = before;
    Soon.holds(() -> there().isEmpty());
    ann.handle = after;
    assertThat(there()).isPresent();
  }

  private TokenChange.Made token() {
    return within(
        () ->
            (TokenChange.Made)
                ONE.bean(PersonalTokens.class)
                    .make(
                        SignedIn.call(),
                        ann.person(),
                        new TokenWish("a", Set.of(TokenScope.TENANT_READ), Duration.ofDays(1))));
  }

  private <T> T within(Supplier<T> work) {
    return Scopes.call(new Scope.OfTenant(tenant, new Placement.Shared()), work::get);
  }

  private static Authentication seenBy(RunningServer server, TokenChange.Made token) {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
    request.addHeader("Authorization", "Bearer " + token.secret().text());
    return server.bean(Authenticator.class).authenticate(request);
  }

  @Test
  void aTokenThatWasRevoked() {
    TokenChange.Made token = token();
    assertThat(seenBy(OTHER, token)).isInstanceOf(Authentication.Known.class);
    within(
        () ->
            ONE.bean(PersonalTokens.class)
                .revoke(SignedIn.call(), ann.person(), token.token().body().id()));
    Soon.holds(
        () ->
            seenBy(OTHER, token)
                .equals(new Authentication.Refused(Refusal.of(ProblemCode.INVALID_TOKEN))));
  }

  @Test
  void whenItCannotBeKnownWhoCallsNobodyIsLetIn() throws Exception {
    BoundPool pool = (BoundPool) THIRD.opsBean(DataSource.class);
    TokenChange.Made token = token();
    assertThat(seenBy(THIRD, token)).isInstanceOf(Authentication.Known.class);
    assertThat(ann.seenBy(THIRD)).isInstanceOf(Authentication.Known.class);
    pool.close();
    Authentication unavailable =
        new Authentication.Refused(
            Refusal.of(ProblemCode.UNAVAILABLE).after(Duration.ofSeconds(1)));
    Soon.holds(() -> ann.seenBy(THIRD).equals(unavailable));
    Soon.holds(() -> seenBy(THIRD, token).equals(unavailable));
    assertThat(there()).isPresent();
  }
}
