package dev.cofferdam.server.identity;

import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Ids;
import dev.cofferdam.server.surface.Once;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Role;
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
import java.io.Serial;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Makes tenants for those who ask for one. The tenant, its owner and the records of both are one
 * transaction: all of them are there, or none.
 */
public final class SignUp {
  private static final Scope SCOPE = new Scope.OfPlatform(new Purpose("sign_up"));

  private final Tenants tenants;
  private final Workspaces workspaces;
  private final SignUpGuards guards;
  private final JdbcClient ops;
  private final TransactionOperations transaction;
  private final Acts acts;
  private final Ids ids;
  private final WantedPlacement placement;
  private final Clock clock;

  SignUp(
      Tenants tenants,
      Workspaces workspaces,
      SignUpGuards guards,
      JdbcClient ops,
      TransactionOperations transaction,
      Acts acts,
      Ids ids,
      IdentitySettings settings,
      Clock clock) {
    this.tenants = tenants;
    this.workspaces = workspaces;
    this.guards = guards;
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
   * Makes a tenant that the caller owns. Asking again for the same slug and name gives the same
   * tenant, and goes on with it where it was not finished: so a request whose answer was lost is
   * simply sent again.
   *
   * @param slug as the person wrote it
   * @param once keeps the answer as soon as the tenant is usable. Not before: the same request is
   *     to go on with one that is not
   */
  public SignUpOutcome found(
      Call call, Caller.Person founder, String slug, TenantName name, Once once) {
    if (!guards.admit(founder)) {
      return new SignUpOutcome.AddressNotAllowed();
    }
    try {
      return create(call, founder, slug, name, once);
    } catch (OwnsEnoughException enough) {
      return new SignUpOutcome.TooMany();
    }
  }

  /** Undoes the tenant that was just made. */
  private static final class OwnsEnoughException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    OwnsEnoughException() {
      super("the founder owns as many tenants as they may", null, false, false);
    }
  }

  private SignUpOutcome create(
      Call call, Caller.Person founder, String slug, TenantName name, Once once) {
    TenantId tenant = new TenantId(ids.next());
    AtomicReference<@Nullable Recorded<NewTenant>> made = new AtomicReference<>();
    TenantCreation creation =
        tenants.create(
            tenant,
            slug,
            name.text(),
            placement,
            () -> {
              // Before its owner is made: from then on every other revocation waits for the commit.
              RecordId record = acts.founded(call, founder.id(), tenant);
              makeOwner(tenant, founder.id());
              NewTenant body = body(tenant, slug, name, whenMade());
              made.set(kept(once, Recorded.in(tenant, record, body)));
            });
    return switch (creation) {
      case TenantCreation.Created created ->
          founded(usable(once, made.get(), body(tenant, slug, name, TenantState.ACTIVE)));
      case TenantCreation.StillProvisioning still -> founded(made.get());
      case TenantCreation.SlugTaken taken -> again(call, founder, slug, name, once);
      case TenantCreation.SlugRefused(var reason) -> new SignUpOutcome.SlugRefused(reason);
      case TenantCreation.Closed closed ->
          throw new IllegalStateException("a tenant was closed while it was made");
      case TenantCreation.IdTaken taken ->
          throw new IllegalStateException("a new id belongs to another tenant");
    };
  }

  /** The state of a tenant at the end of the transaction that makes it. */
  private TenantState whenMade() {
    return switch (placement) {
      case SHARED -> TenantState.ACTIVE;
      case SCHEMA -> TenantState.PROVISIONING;
    };
  }

  private void makeOwner(TenantId tenant, PersonId founder) {
    boolean founded =
        ops.sql("select identity.found_tenant(:tenant, :person, :most, :now)")
            .param("tenant", tenant.value())
            .param("person", founder.value())
            .param("most", guards.tenantsPerPerson())
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .query(Boolean.class)
            .single();
    if (!founded) {
      throw new OwnsEnoughException();
    }
  }

  private static SignUpOutcome founded(@Nullable Recorded<NewTenant> made) {
    return new SignUpOutcome.Founded(Objects.requireNonNull(made, "it was made just now"));
  }

  /** In the running transaction. */
  private static Recorded<NewTenant> kept(Once once, Recorded<NewTenant> answer) {
    return answer.body().state().equals(Stored.name(TenantState.PROVISIONING))
        ? answer
        : once.keep(answer);
  }

  private @Nullable Recorded<NewTenant> usable(
      Once once, @Nullable Recorded<NewTenant> made, NewTenant body) {
    return made == null || made.body().equals(body)
        ? made
        : inTransaction(() -> kept(once, made.with(body)));
  }

  private SignUpOutcome again(
      Call call, Caller.Person founder, String slug, TenantName name, Once once) {
    Optional<WorkspaceView> own =
        workspaces.of(founder.id()).stream()
            .filter(one -> one.role() == Role.OWNER)
            .filter(one -> one.slug().text().equals(slug) && one.name().equals(name.text()))
            .findFirst();
    if (own.isEmpty()) {
      return new SignUpOutcome.SlugTaken();
    }
    TenantId tenant = own.get().tenant();
    TenantState state =
        own.get().state() == TenantState.PROVISIONING
            ? provisioned(tenant, slug, name)
            : own.get().state();
    NewTenant body = body(tenant, slug, name, state);
    return founded(
        inTransaction(
            () ->
                kept(once, Recorded.in(tenant, acts.confirmed(call, founder.id(), tenant), body))));
  }

  private TenantState provisioned(TenantId tenant, String slug, TenantName name) {
    return switch (tenants.create(tenant, slug, name.text(), placement)) {
      case TenantCreation.Created created -> TenantState.ACTIVE;
      case TenantCreation.Closed(var id, var state) -> state;
      case TenantCreation.StillProvisioning still -> TenantState.PROVISIONING;
      case TenantCreation.SlugTaken taken -> TenantState.PROVISIONING;
      case TenantCreation.SlugRefused refused -> TenantState.PROVISIONING;
      case TenantCreation.IdTaken taken -> TenantState.PROVISIONING;
    };
  }

  private <T> T inTransaction(Supplier<T> work) {
    return Scopes.call(
        SCOPE, () -> Objects.requireNonNull(transaction.execute(status -> work.get())));
  }

  private static NewTenant body(TenantId tenant, String slug, TenantName name, TenantState state) {
    return new NewTenant(tenant.value(), slug, name.text(), Stored.name(state));
  }
}
