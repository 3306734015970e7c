package dev.cofferdam.server.identity;

import dev.cofferdam.server.surface.AcrClass;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.Workspace;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.Slug;
import dev.cofferdam.server.tenancy.TenantEntry;
import dev.cofferdam.server.tenancy.TenantGate;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.TenantState;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * In which tenant a session works. Choosing one is checked against the person's memberships and
 * gives the session another handle: the one before it is worth nothing from then on. Safe for use
 * by many threads.
 */
public final class Workspaces {
  private static final Logger LOG = LoggerFactory.getLogger(Workspaces.class);
  private static final Scope SCOPE = new Scope.OfPlatform(new Purpose("workspaces"));

  private final JdbcClient ops;
  private final TransactionOperations transaction;
  private final SessionHandles handles;
  private final TenantGate gate;
  private final MemberProfiles profiles;
  private final SignInPolicies policies;
  private final Acts acts;

  Workspaces(
      JdbcClient ops,
      TransactionOperations transaction,
      SessionHandles handles,
      TenantGate gate,
      MemberProfiles profiles,
      SignInPolicies policies,
      Acts acts) {
    this.ops = ops;
    this.transaction = transaction;
    this.handles = handles;
    this.gate = gate;
    this.profiles = profiles;
    this.policies = policies;
    this.acts = acts;
  }

  /** The tenants of a person by slug, also those that cannot be entered now. */
  public List<WorkspaceView> of(PersonId person) {
    return Scopes.call(
        SCOPE,
        () ->
            ops.sql(
                    """
                    select tenant_id, slug, name, state, role from identity.workspaces_of(:person)
                    """)
                .param("person", person.value())
                .query(
                    (row, n) ->
                        new WorkspaceView(
                            new TenantId(row.getObject("tenant_id", UUID.class)),
                            new Slug(row.getString("slug")),
                            row.getString("name"),
                            TenantState.ofStored(row.getString("state")),
                            Stored.of(Role.class, row.getString("role"))))
                .list());
  }

  /** What a person is in one tenant, and how that stands. */
  private record Standing(TenantState state, Role role) {}

  private Optional<Standing> standing(PersonId person, TenantId tenant) {
    return Scopes.call(
        SCOPE,
        () ->
            ops.sql(
                    """
                    select state, role from identity.workspaces_of(:person) where tenant_id = :chosen
                    """)
                .param("person", person.value())
                // One of their own tenants: this keeps none of them from another.
                .param("chosen", tenant.value())
                .query(
                    (row, n) ->
                        new Standing(
                            TenantState.ofStored(row.getString("state")),
                            Stored.of(Role.class, row.getString("role"))))
                .optional());
  }

  /** Puts the session that the request was made in into the tenant. */
  public WorkspaceChange enter(
      Call call, Caller.Person caller, PresentedSession presented, TenantId tenant) {
    Optional<Standing> own = standing(caller.id(), tenant);
    if (own.isEmpty()) {
      return new WorkspaceChange.NotAMember();
    }
    return switch (gate.enter(tenant)) {
      case TenantEntry.Denied denied -> new WorkspaceChange.Closed(own.get().state());
      case TenantEntry.Entered entered -> {
        AcrClass least = Scopes.call(entered.scope(), () -> policies.current().least());
        yield isEnough(caller.signIn().acr(), least)
            ? noted(
                entered.scope(),
                caller,
                move(call, caller, presented, Optional.of(new Workspace(tenant, own.get().role()))))
            : new WorkspaceChange.TooWeak(least);
      }
    };
  }

  private static boolean isEnough(AcrClass shown, AcrClass least) {
    return shown.compareTo(least) >= 0;
  }

  /** Who comes in is shown to the others as their provider calls them now. */
  private WorkspaceChange noted(Scope place, Caller.Person caller, WorkspaceChange change) {
    if (change instanceof WorkspaceChange.Moved) {
      try {
        Scopes.run(place, () -> profiles.note(caller));
      } catch (DataAccessException e) {
        // They are in all the same, and called as before.
        LOG.warn("How a member is called could not be noted: {}", e.getMessage());
      }
    }
    return change;
  }

  /** Puts the session that the request was made in into no tenant. */
  public WorkspaceChange leave(Call call, Caller.Person caller, PresentedSession presented) {
    return move(call, caller, presented, Optional.empty());
  }

  private WorkspaceChange move(
      Call call, Caller.Person caller, PresentedSession presented, Optional<Workspace> workspace) {
    SessionHandle next = handles.make();
    return Scopes.call(
        SCOPE,
        () ->
            Objects.requireNonNull(
                transaction.execute(
                    status ->
                        switch (moved(caller, presented, next, workspace)) {
                          case "moved" ->
                              new WorkspaceChange.Moved(next, recorded(call, caller, workspace));
                          case "not_a_member" -> new WorkspaceChange.NotAMember();
                          case "ended" -> new WorkspaceChange.Ended();
                          default ->
                              throw new IllegalStateException(
                                  "identity.move_session gave an unknown answer");
                        })));
  }

  private String moved(
      Caller.Person caller,
      PresentedSession presented,
      SessionHandle next,
      Optional<Workspace> workspace) {
    @Nullable UUID tenant = workspace.map(into -> into.tenant().value()).orElse(null);
    return ops.sql("select identity.move_session(:person, :session, :old, :new, :tenant::uuid)")
        .param("person", caller.id().value())
        .param("session", caller.session().value())
        .param("old", presented.hash().bytes())
        .param("new", next.hash().bytes())
        .param("tenant", tenant)
        .query(String.class)
        .single();
  }

  private Recorded<Optional<Workspace>> recorded(
      Call call, Caller.Person caller, Optional<Workspace> workspace) {
    RecordId record =
        workspace
            .map(into -> acts.entered(call, caller.id(), caller.session(), into.tenant()))
            .orElseGet(() -> acts.left(call, caller.id(), caller.session()));
    return new Recorded<>(record, workspace.map(Workspace::tenant), workspace);
  }
}
