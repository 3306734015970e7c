package dev.cofferdam.server.identity;

import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Makes a session as strong and as new as its person's last way to the identity provider. Only for
 * the same person, the same session and the workspace that it was begun in; the session gets
 * another handle, and what was gained is lost with the workspace. Safe for use by many threads.
 */
public final class StepUps {
  private static final Scope SCOPE = new Scope.OfPlatform(new Purpose("step_up"));
  private static final Scope AT = new Scope.OfPlatform(new Purpose("tenant_sign_in"));

  private final JdbcClient ops;
  private final TransactionOperations transaction;
  private final SessionHandles handles;
  private final Acts acts;

  StepUps(JdbcClient ops, TransactionOperations transaction, SessionHandles handles, Acts acts) {
    this.ops = ops;
    this.transaction = transaction;
    this.handles = handles;
    this.acts = acts;
  }

  /**
   * Renews the session that the request was made in.
   *
   * @param begun what the way to the identity provider was gone for
   * @param who came back
   */
  public StepUpOutcome renew(
      Call call,
      Caller.SignedIn caller,
      PresentedSession presented,
      SignInAim.StepUp begun,
      ForeignIdentity who) {
    if (!caller.session().equals(begun.session())) {
      return new StepUpOutcome.AnotherSession();
    }
    if (caller instanceof Caller.Operator && !who.operator()) {
      return new StepUpOutcome.NoOperator();
    }
    SessionHandle next = handles.make();
    return outcome(
        SCOPE, call, caller, who, next, () -> renewed(caller, presented, next, begun, who));
  }

  /** The same for a session that was begun at a tenant's own provider, in its workspace. */
  public StepUpOutcome renewAt(
      Call call,
      Caller.SignedIn caller,
      PresentedSession presented,
      SignInAim.StepUpAt begun,
      ForeignIdentity who) {
    if (!caller.session().equals(begun.session())) {
      return new StepUpOutcome.AnotherSession();
    }
    SessionHandle next = handles.make();
    return outcome(
        AT, call, caller, who, next, () -> renewedAt(caller, presented, next, begun, who));
  }

  private StepUpOutcome outcome(
      Scope scope,
      Call call,
      Caller.SignedIn caller,
      ForeignIdentity who,
      SessionHandle next,
      Supplier<String> renewal) {
    return Scopes.call(
        scope,
        () ->
            Objects.requireNonNull(
                transaction.execute(
                    status ->
                        switch (renewal.get()) {
                          case "renewed" -> {
                            acts.steppedUp(call, caller, who.acr());
                            yield new StepUpOutcome.Renewed(next);
                          }
                          case "another_person" -> new StepUpOutcome.AnotherPerson();
                          case "workspace_changed" -> new StepUpOutcome.WorkspaceChanged();
                          case "ended" -> new StepUpOutcome.Ended();
                          default ->
                              throw new IllegalStateException(
                                  "identity.step_up gave an unknown answer");
                        })));
  }

  private String renewedAt(
      Caller.SignedIn caller,
      PresentedSession presented,
      SessionHandle next,
      SignInAim.StepUpAt begun,
      ForeignIdentity who) {
    return ops.sql(
            """
            select identity.step_up_at(:tenant, :provider, :person, :session, :old, :new, :issuer, :subject,
                                       :acr, :amr, :auth_time)
            """)
        .param("tenant", begun.provider().tenant().value())
        .param("provider", begun.provider().id().value())
        .param("person", caller.id().value())
        .param("session", caller.session().value())
        .param("old", presented.hash().bytes())
        .param("new", next.hash().bytes())
        .param("issuer", who.issuer())
        .param("subject", who.subject())
        .param("acr", Stored.name(who.acr()))
        .param("amr", who.amr().toArray(String[]::new))
        .param("auth_time", who.authTime().atOffset(ZoneOffset.UTC))
        .query(String.class)
        .single();
  }

  private String renewed(
      Caller.SignedIn caller,
      PresentedSession presented,
      SessionHandle next,
      SignInAim.StepUp begun,
      ForeignIdentity who) {
    @Nullable UUID workspace = begun.workspace().map(TenantId::value).orElse(null);
    return ops.sql(
            """
            select identity.step_up(:person, :session, :workspace::uuid, :old, :new, :issuer, :subject,
                                    :acr, :amr, :auth_time)
            """)
        .param("person", caller.id().value())
        .param("session", caller.session().value())
        .param("workspace", workspace)
        .param("old", presented.hash().bytes())
        .param("new", next.hash().bytes())
        .param("issuer", who.issuer())
        .param("subject", who.subject())
        .param("acr", Stored.name(who.acr()))
        .param("amr", who.amr().toArray(String[]::new))
        .param("auth_time", who.authTime().atOffset(ZoneOffset.UTC))
        .query(String.class)
        .single();
  }
}
