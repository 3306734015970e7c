package dev.cofferdam.server.audit.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.authz.Action;
import dev.cofferdam.server.authz.Authorization;
import dev.cofferdam.server.authz.Decision;
import dev.cofferdam.server.authz.Facts;
import dev.cofferdam.server.authz.Matter;
import dev.cofferdam.server.edge.door.Declarations;
import dev.cofferdam.server.edge.door.Route;
import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.surface.AcrClass;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.SessionId;
import dev.cofferdam.server.surface.SignIn;
import dev.cofferdam.server.surface.Workspace;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.testing.RunningServer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who may read the log: what its routes declare is what the policies say, and what happens. */
class ReadersTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  /** Handled elsewhere: they are for everybody. */
  private static final Set<String> FOR_ALL = Set.of("/v1/audit/log/keys");

  private static List<Route> ofReaders() {
    return SERVER.bean(Declarations.class).routes().stream()
        .filter(route -> route.path().startsWith("/v1/audit/") || route.path().startsWith("/audit"))
        .filter(route -> !FOR_ALL.contains(route.path()))
        .toList();
  }

  private static boolean permits(Role role) {
    TenantId tenant = new TenantId(UUID.randomUUID());
    Instant now = Instant.now();
    Caller caller =
        new Caller.Person(
            new PersonId(UUID.randomUUID()),
            new SessionId(UUID.randomUUID()),
            Optional.of(new Workspace(tenant, role)),
            new SignIn(AcrClass.SINGLE_FACTOR, now));
    return SERVER
            .bean(Authorization.class)
            .decide(Facts.of(caller, Action.VIEW_AUDIT, tenant, new Matter.OnTenant(), now))
        instanceof Decision.Permitted;
  }

  @Test
  void everyRouteDeclaresTheRolesThatThePoliciesPermit() {
    Set<Role> permitted =
        Arrays.stream(Role.values()).filter(ReadersTest::permits).collect(Collectors.toSet());

    assertThat(permitted).containsExactlyInAnyOrder(Role.OWNER, Role.ADMIN, Role.AUDITOR);
    assertThat(ofReaders())
        .hasSizeGreaterThan(10)
        .allSatisfy(
            route ->
                assertThat(route.surface().roles())
                    .as(route.path())
                    .containsExactlyInAnyOrderElementsOf(permitted));
  }

  @Test
  void aMemberIsRefusedEverywhereAndReadersAreNot() {
    Browser owner = Browser.ofSomebody(SERVER);
    String tenant = owner.inOwnTenant("t" + UUID.randomUUID().toString().replace("-", ""));
    Browser member = Browser.ofMember(SERVER, tenant, Role.MEMBER);

    for (Route route : ofReaders()) {
      String path = route.path().replaceAll("\\{[^}]*}", UUID.randomUUID().toString());
      assertThat(member.get(path).text("code")).as(path).isEqualTo("forbidden");
    }
    for (Role role : List.of(Role.ADMIN, Role.AUDITOR)) {
      Browser reader = Browser.ofMember(SERVER, tenant, role);
      assertThat(reader.get("/v1/audit/records").status()).isEqualTo(200);
    }
    assertThat(
            owner.get("/v1/audit/records?outcome=denied&action=record.export").body().path("items"))
        .as("each denial is a record")
        .hasSizeGreaterThanOrEqualTo(3);
  }
}
