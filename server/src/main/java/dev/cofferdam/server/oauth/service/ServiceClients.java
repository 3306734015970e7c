package dev.cofferdam.server.oauth.service;

import dev.cofferdam.server.authz.Action;
import dev.cofferdam.server.authz.Authorization;
import dev.cofferdam.server.authz.Decision;
import dev.cofferdam.server.authz.Facts;
import dev.cofferdam.server.authz.Matter;
import dev.cofferdam.server.authz.Membership;
import dev.cofferdam.server.authz.Reason;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.Tenants;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The service clients of the tenant that is bound. Making one is giving a role, and ending one is
 * taking it, as for the services behind tokens.
 */
public final class ServiceClients {
  private final ServiceClientRows rows;
  private final MadeServiceClients made;
  private final ServiceClientActs acts;
  private final Authorization authorization;
  private final TransactionOperations transaction;
  private final Clock clock;

  ServiceClients(
      ServiceClientRows rows,
      MadeServiceClients made,
      ServiceClientActs acts,
      Authorization authorization,
      TransactionOperations transaction,
      Clock clock) {
    this.rows = rows;
    this.made = made;
    this.acts = acts;
    this.authorization = authorization;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** By id, which is by when they were made. */
  public Page<ServiceClientView> list(PageRequest asked) {
    return rows.page(asked);
  }

  public ServiceClientChange make(Call call, Caller.Person by, ServiceClientWish wish) {
    return denied(by, Action.GIVE_ROLE, wish.role(), Membership.NONE)
        .orElseGet(() -> made.make(call, by, wish));
  }

  /** The client of an id. */
  public Optional<ServiceClientView> find(UUID id) {
    return rows.find(id);
  }

  /** Gives one other keys, by whoever could make it. */
  public ServiceClientChange exchangeKeys(Call call, Caller.Person by, UUID id, KeySet keys) {
    Optional<ServiceClientView> client = rows.find(id);
    if (client.isEmpty()) {
      return new ServiceClientChange.Unknown();
    }
    return denied(by, Action.GIVE_ROLE, client.get().role(), Membership.NONE)
        .orElseGet(() -> made.exchange(call, by, client.get(), keys));
  }

  /** Ends one, and its tokens: every server refuses them within a second. */
  public ServiceClientChange end(Call call, Caller.Person by, UUID id) {
    return Objects.requireNonNull(transaction.execute(status -> ended(call, by, id)));
  }

  private ServiceClientChange ended(Call call, Caller.Person by, UUID id) {
    Optional<ServiceClientView> client = rows.find(id);
    if (client.isEmpty()) {
      return new ServiceClientChange.Unknown();
    }
    Role role = client.get().role();
    return denied(by, Action.TAKE_ROLE, role, Membership.of(role))
        .orElseGet(
            () ->
                rows.delete(id)
                    .<ServiceClientChange>map(
                        gone ->
                            new ServiceClientChange.Ended(
                                new Recorded<>(
                                    acts.ended(call, by, Tenants.current(), gone), gone)))
                    .orElseGet(ServiceClientChange.Unknown::new));
  }

  private Optional<ServiceClientChange> denied(
      Caller.Person by, Action action, Role role, Membership held) {
    Facts facts =
        Facts.of(
            by,
            action,
            Tenants.current(),
            new Matter.OnRole(Membership.of(role), held),
            clock.instant());
    return authorization.decide(facts) instanceof Decision.Denied(Reason reason)
        ? Optional.of(new ServiceClientChange.Denied(reason))
        : Optional.empty();
  }
}
