package dev.cofferdam.server.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.protocol.secret.SecretName;
import dev.cofferdam.server.authz.Reason;
import dev.cofferdam.server.edge.door.Strangers;
import dev.cofferdam.server.secrets.Yard.Somebody;
import dev.cofferdam.server.surface.AcrClass;
import dev.cofferdam.server.surface.Authenticator;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.RequestId;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.SessionId;
import dev.cofferdam.server.surface.SignIn;
import dev.cofferdam.server.surface.Workspace;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.testing.RunningServer;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What goes for good. */
class PurgesTest {
  private static final byte[] VALUE = {1, 2, 3};

  @RegisterExtension
  static final RunningServer SERVER =
      RunningServer.own(
          context ->
              context.registerBean(
                  Authenticator.class, Strangers::new, bean -> bean.setPrimary(true)));

  private final Yard yard = new Yard(SERVER, SERVER.newTenant());
  private final Somebody writer = yard.person(Role.MEMBER, "writer");
  private final Somebody manager = yard.person(Role.MEMBER, "manager");

  private SecretChange<SecretView> purge(Somebody somebody, AcrClass acr, Instant at) {
    Caller.Person person =
        new Caller.Person(
            new PersonId(somebody.id),
            new SessionId(UUID.randomUUID()),
            Optional.of(new Workspace(yard.scope.tenant(), Role.MEMBER)),
            new SignIn(acr, at));
    Call call =
        new Call(new RequestId(UUID.randomUUID()), person, InetAddress.getLoopbackAddress());
    return Scopes.call(
        yard.scope,
        () -> SERVER.bean(Secrets.class).purge(call, person, yard.project, new SecretName("key")));
  }

  private long rows(String table) {
    return yard.sql(
            "select count(*) from {schema}." + table + " where tenant_id = :tenant", "secrets")
        .query(Long.class)
        .single();
  }

  @Test
  void whatWasDeletedIsPurgedByWhoManagesItAndHasJustProvenIt() {
    Somebody node = yard.node(new NodeKeys());
    yard.grant(yard.project.value(), "node", node.id, "reader");
    writer.makes("key", VALUE);
    manager.without("PUT", yard.secret("key") + "/grants/node/" + node.id);
    assertThat(node.reads("key").status()).isEqualTo(200);
    Instant now = Instant.now();

    assertThat(purge(manager, AcrClass.MULTI_FACTOR, now))
        .isEqualTo(new SecretChange.NotInThisState<>());
    writer.without("DELETE", yard.secret("key"));
    assertThat(purge(writer, AcrClass.MULTI_FACTOR, now))
        .isEqualTo(new SecretChange.Denied<>(Reason.NOT_ALLOWED));
    assertThat(purge(manager, AcrClass.SINGLE_FACTOR, now))
        .isEqualTo(new SecretChange.Denied<>(Reason.ASSURANCE));
    assertThat(purge(manager, AcrClass.MULTI_FACTOR, now.minusSeconds(360)))
        .isEqualTo(new SecretChange.Denied<>(Reason.ASSURANCE));
    assertThat(rows("sealed_answer")).isEqualTo(1);

    assertThat(purge(manager, AcrClass.MULTI_FACTOR, now)).isInstanceOf(SecretChange.Done.class);
    assertThat(rows("secret") + rows("secret_version") + rows("sealed_answer")).isZero();
    assertThat(
            yard.sql(
                    """
                    select count(*) from {schema}.granted
                     where tenant_id = :tenant and object_id <> :project
                    """,
                    "authz")
                .param("project", yard.project.value())
                .query(Long.class)
                .single())
        .isZero();
    // The name is free again.
    writer.makes("key", VALUE);
  }
}
