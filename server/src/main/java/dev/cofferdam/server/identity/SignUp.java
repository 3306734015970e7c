package dev.cofferdam.server.identity;

import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Ids;
import dev.cofferdam.server.surface.Once;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantCreation;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.TenantName;
import dev.cofferdam.server.tenancy.TenantState;
import dev.cofferdam.server.tenancy.Tenants;
import dev.cofferdam.server.tenancy.Tenants.WantedPlacement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Makes tenants for those who ask for one. The tenant, its owner, the records of both and what is
 * answered to a repeated request are one transaction: all of them are there, or none.
 */
public final class SignUp {
  private static final Scope SCOPE = new Scope.OfPlatform(new Purpose("sign_up"));

  private final Tenants tenants;
  private final Workspaces workspaces;
  private final JdbcClient ops;
  private final TransactionOperations transaction;
  private final Acts acts;
  private final Ids ids;
  private final WantedPlacement placement;
  private final Clock clock;

  SignUp(
      Tenants tenants,
      Workspaces workspaces,
      JdbcClient ops,
      TransactionOperations transaction,
      Acts acts,
      Ids ids,
      IdentitySettings settings,
      Clock clock) {
    this.tenants = tenants;
    this.workspaces = workspaces;
    this.ops = ops;
    this.transaction = transaction;
    this.acts = acts;
    this.ids = ids;
    this.placement =
        switch (settings.newTenants()) {
          case SHARED -> WantedPlacement.SHARED;
          case SCHEMA -> WantedPlacement.SCHEMA;
        };
    this.clock = clock;
  }

  /**
   * Makes a tenant that the caller owns, or goes on with one of the caller's that was begun under
   * this slug and not finished.
   *
   * @param slug as the person wrote it
   * @param once keeps the answer for a repeated request
   */
  public SignUpOutcome found(
      Call call, Caller.Person founder, String slug, TenantName name, Once once) {
    TenantId tenant = new TenantId(ids.next());
    AtomicReference<@Nullable Recorded<NewTenant>> kept = new AtomicReference<>();
    TenantCreation creation =
        tenants.create(
            tenant,
            slug,
            name.text(),
            placement,
            () -> {
              makeOwner(tenant, founder.id());
              RecordId record = acts.founded(call, founder.id(), tenant);
              kept.set(once.keep(new Recorded<>(record, body(tenant, slug, name.text(), begun()))));
            });
    return switch (creation) {
      case TenantCreation.Created created ->
          founded(kept, body(tenant, slug, name.text(), TenantState.ACTIVE));
      case TenantCreation.StillProvisioning still ->
          founded(kept, body(tenant, slug, name.text(), TenantState.PROVISIONING));
      case TenantCreation.SlugTaken taken -> resumed(call, founder, slug);
      case TenantCreation.SlugRefused(var reason) -> new SignUpOutcome.SlugRefused(reason);
      case TenantCreation.Closed closed ->
          throw new IllegalStateException("a tenant was closed while it was made");
      case TenantCreation.IdTaken taken ->
          throw new IllegalStateException("a new id belongs to another tenant");
    };
  }

  /** What a shared tenant is from its first moment on, and one with a schema not yet. */
  private TenantState begun() {
    return placement == WantedPlacement.SHARED ? TenantState.ACTIVE : TenantState.PROVISIONING;
  }

  private void makeOwner(TenantId tenant, PersonId founder) {
    ops.sql("select identity.found_tenant(:tenant, :person, :now)")
        .param("tenant", tenant.value())
        .param("person", founder.value())
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .query((row, n) -> tenant)
        .single();
  }

  private static SignUpOutcome founded(
      AtomicReference<@Nullable Recorded<NewTenant>> kept, NewTenant body) {
    Recorded<NewTenant> recorded = Objects.requireNonNull(kept.get(), "it was made just now");
    return new SignUpOutcome.Founded(new Recorded<>(recorded.record(), body));
  }

  private SignUpOutcome resumed(Call call, Caller.Person founder, String slug) {
    Optional<WorkspaceView> own =
        workspaces.of(founder.id()).stream()
            .filter(one -> one.slug().text().equals(slug))
            .filter(one -> one.state() == TenantState.PROVISIONING)
            .findFirst();
    if (own.isEmpty()) {
      return new SignUpOutcome.SlugTaken();
    }
    WorkspaceView begun = own.get();
    TenantState state =
        switch (tenants.create(begun.tenant(), slug, begun.name(), placement)) {
          case TenantCreation.Created created -> TenantState.ACTIVE;
          case TenantCreation.Closed(var tenant, var closed) -> closed;
          case TenantCreation.StillProvisioning still -> TenantState.PROVISIONING;
          case TenantCreation.SlugTaken taken -> TenantState.PROVISIONING;
          case TenantCreation.SlugRefused refused -> TenantState.PROVISIONING;
          case TenantCreation.IdTaken taken -> TenantState.PROVISIONING;
        };
    RecordId record =
        Scopes.call(
            SCOPE,
            () ->
                Objects.requireNonNull(
                    transaction.execute(
                        status -> acts.provisioned(call, founder.id(), begun.tenant()))));
    return new SignUpOutcome.Founded(
        new Recorded<>(record, body(begun.tenant(), slug, begun.name(), state)));
  }

  private static NewTenant body(TenantId tenant, String slug, String name, TenantState state) {
    return new NewTenant(tenant.value(), slug, name, Stored.name(state));
  }
}
