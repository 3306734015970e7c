package dev.cofferdam.server.tenancy;

import dev.cofferdam.server.tenancy.TenantEvent.TenantActivated;
import dev.cofferdam.server.tenancy.TenantEvent.TenantCreated;
import dev.cofferdam.server.tenancy.TenantEvent.TenantDeleted;
import dev.cofferdam.server.tenancy.TenantEvent.TenantDeletionStarted;
import dev.cofferdam.server.tenancy.TenantEvent.TenantResumed;
import dev.cofferdam.server.tenancy.TenantEvent.TenantSuspended;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The tenants of the platform, and their life. Works across tenants, so it binds a platform purpose
 * and runs as {@code cofferdam_ops}.
 */
public final class Tenants {
  private static final Scope SIGN_UP = new Scope.OfPlatform(new Purpose("sign_up"));
  private static final Scope LIFE = new Scope.OfPlatform(new Purpose("tenant_life"));

  private final JdbcClient ops;
  private final TransactionOperations transaction;
  private final TenantSchemas schemas;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  /** Where a new tenant's rows are to live; {@link Placement} says it of a tenant that exists. */
  public enum WantedPlacement {
    SHARED,
    SCHEMA
  }

  /**
   * @param ops runs as {@code cofferdam_ops}
   * @param transaction of the same connections as {@code ops}
   */
  public Tenants(
      JdbcClient ops,
      TransactionOperations transaction,
      TenantSchemas schemas,
      ApplicationEventPublisher events,
      Clock clock) {
    this.ops = ops;
    this.transaction = transaction;
    this.schemas = schemas;
    this.events = events;
    this.clock = clock;
  }

  /**
   * The tenant that the running code is bound to.
   *
   * @throws UnboundScopeException when it is bound to no tenant
   */
  public static TenantId current() {
    return currentScope().tenant();
  }

  /**
   * The tenant scope that the running code is bound to, with the placement of its rows.
   *
   * @throws UnboundScopeException when it is bound to no tenant
   */
  public static Scope.OfTenant currentScope() {
    if (Scopes.current() instanceof Scope.OfTenant scope) {
      return scope;
    }
    throw new UnboundScopeException();
  }

  /**
   * Creates a tenant, or carries on where an earlier call with the same id and slug stopped.
   *
   * @param id chosen by the caller, so that a request can be repeated
   * @param slug as the person wrote it
   * @param name shown to people, 1 to 100 characters
   */
  public TenantCreation create(TenantId id, String slug, String name, WantedPlacement placement) {
    return create(id, slug, name, placement, () -> {});
  }

  /**
   * The same, with something that must be there exactly when the tenant is.
   *
   * @param along runs in the transaction that makes the tenant, as {@code cofferdam_ops} and bound
   *     to the purpose {@code sign_up}; when it throws there is no tenant. Not run when the tenant
   *     was made before.
   */
  public TenantCreation create(
      TenantId id, String slug, String name, WantedPlacement placement, Runnable along) {
    Optional<Slug.Refusal> refusal = Slug.refusal(slug);
    if (refusal.isPresent()) {
      return new TenantCreation.SlugRefused(refusal.get());
    }
    Slug wanted = new Slug(slug);
    return switch (insert(id, wanted, name, placement, along)) {
      case "created" ->
          switch (placement) {
            // Made active, and nobody knew of it before.
            case SHARED -> new TenantCreation.Created(id, wanted);
            case SCHEMA -> provisioned(id, wanted);
          };
      case "exists" -> provisioned(id, wanted);
      case "slug_taken" -> new TenantCreation.SlugTaken();
      case "id_taken" -> new TenantCreation.IdTaken();
      default -> throw new IllegalStateException("tenancy.create_tenant gave an unknown answer");
    };
  }

  /** The same as the other, without a word. */
  public TenantChange suspend(TenantId id) {
    return suspend(id, "", () -> {});
  }

  /**
   * Closes a tenant to everybody but the operator. Takes effect everywhere within a second.
   *
   * @param reason as the tenant's people read it in their log
   * @param along runs in the transaction that closes it, after it was announced; not run when it
   *     was not closed by this
   */
  public TenantChange suspend(TenantId id, String reason, Runnable along) {
    return moveFrom(
        LIFE,
        id,
        TenantState.SUSPENDED.origins(),
        TenantState.SUSPENDED,
        (tenant, at) -> new TenantSuspended(tenant, reason, at),
        along);
  }

  /** The same as the other, without a word. */
  public TenantChange resume(TenantId id) {
    return resume(id, "", () -> {});
  }

  /**
   * Opens a suspended tenant again.
   *
   * @param reason as the tenant's people read it in their log
   * @param along as for {@link #suspend}
   */
  public TenantChange resume(TenantId id, String reason, Runnable along) {
    return moveFrom(
        LIFE,
        id,
        List.of(TenantState.SUSPENDED),
        TenantState.ACTIVE,
        (tenant, at) -> new TenantResumed(tenant, reason, at),
        along);
  }

  /** Begins to delete a tenant: nobody enters it again. */
  public TenantChange startDeletion(TenantId id) {
    return move(LIFE, id, TenantState.DELETING, TenantDeletionStarted::new);
  }

  /** Says that a tenant's data are gone. */
  public TenantChange finishDeletion(TenantId id) {
    return move(LIFE, id, TenantState.DELETED, TenantDeleted::new);
  }

  private String insert(
      TenantId id, Slug slug, String name, WantedPlacement placement, Runnable along) {
    Instant now = clock.instant();
    return inTransaction(
        SIGN_UP,
        () -> {
          String answer =
              ops.sql(
                      """
                      select tenancy.create_tenant(:id, :slug, :skeleton, :name, :placement, :now)
                      """)
                  .param("id", id.value())
                  .param("slug", slug.text())
                  .param("skeleton", slug.skeleton())
                  .param("name", name)
                  .param(
                      "placement",
                      switch (placement) {
                        case SHARED -> "shared";
                        case SCHEMA -> "schema";
                      })
                  .param("now", now.atOffset(ZoneOffset.UTC))
                  .query(String.class)
                  .single();
          if (answer.equals("created")) {
            events.publishEvent(new TenantCreated(id, slug, name, now));
            along.run();
          }
          return answer;
        });
  }

  private TenantCreation provisioned(TenantId id, Slug slug) {
    // Asked of the database and not of the request: an earlier one may have come further.
    TenantChange change = move(SIGN_UP, id, TenantState.PROVISIONING, TenantActivated::new);
    return switch (change) {
      case TenantChange.NoWay(TenantState from, TenantState to) ->
          from == TenantState.ACTIVE
              ? new TenantCreation.Created(id, slug)
              : new TenantCreation.Closed(id, from);
      case TenantChange.Already already ->
          switch (schemas.provision(id)) {
            case FAILED -> new TenantCreation.StillProvisioning(id, slug);
            case DONE -> {
              moveFrom(
                  SIGN_UP,
                  id,
                  List.of(TenantState.PROVISIONING),
                  TenantState.ACTIVE,
                  TenantActivated::new,
                  () -> {});
              yield new TenantCreation.Created(id, slug);
            }
          };
      case TenantChange.Changed changed ->
          throw new IllegalStateException("no tenant goes back to being provisioned");
      case TenantChange.Unknown unknown ->
          throw new IllegalStateException("the tenant that was just created is not there");
    };
  }

  private TenantChange move(
      Scope scope, TenantId id, TenantState to, BiFunction<TenantId, Instant, TenantEvent> event) {
    return moveFrom(scope, id, to.origins(), to, event, () -> {});
  }

  private TenantChange moveFrom(
      Scope scope,
      TenantId id,
      List<TenantState> origins,
      TenantState to,
      BiFunction<TenantId, Instant, TenantEvent> event,
      Runnable along) {
    Instant now = clock.instant();
    return inTransaction(
        scope,
        () -> {
          String answer =
              ops.sql("select tenancy.move_tenant(:id, :origins, :to, :now)")
                  .param("id", id.value())
                  .param(
                      "origins", origins.stream().map(TenantState::stored).toArray(String[]::new))
                  .param("to", to.stored())
                  .param("now", now.atOffset(ZoneOffset.UTC))
                  .query(String.class)
                  .single();
          return switch (answer) {
            case "changed" -> {
              events.publishEvent(event.apply(id, now));
              along.run();
              yield new TenantChange.Changed(to);
            }
            case "already" -> new TenantChange.Already(to);
            case "unknown" -> new TenantChange.Unknown();
            default -> new TenantChange.NoWay(TenantState.ofStored(answer), to);
          };
        });
  }

  private <T> T inTransaction(Scope scope, java.util.function.Supplier<T> work) {
    return Scopes.call(
        scope, () -> Objects.requireNonNull(transaction.execute(status -> work.get())));
  }
}
