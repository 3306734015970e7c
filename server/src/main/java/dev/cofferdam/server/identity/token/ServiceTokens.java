package dev.cofferdam.server.identity.token;

import dev.cofferdam.server.authz.Action;
import dev.cofferdam.server.authz.Membership;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Ids;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.ServiceId;
import dev.cofferdam.server.surface.TokenId;
import java.util.Objects;
import java.util.Optional;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The tokens of the services of the tenant that is bound. A service is somebody in the tenant with
 * a role below owner, and begins with its first token. Making one is giving a role, and ending one
 * is taking it: whoever may do that to a member may do it to a service.
 */
public final class ServiceTokens {
  private final TokenRows rows;
  private final MadeTokens made;
  private final TokenActs acts;
  private final TokenRights rights;
  private final TransactionOperations transaction;
  private final Ids ids;

  ServiceTokens(
      TokenRows rows,
      MadeTokens made,
      TokenActs acts,
      TokenRights rights,
      TransactionOperations transaction,
      Ids ids) {
    this.rows = rows;
    this.made = made;
    this.acts = acts;
    this.rights = rights;
    this.transaction = transaction;
    this.ids = ids;
  }

  /** By id, which is by when they were made. */
  public Page<TokenView> list(PageRequest asked) {
    return rows.ofServices(asked);
  }

  /** One of them, if it is there. */
  public Optional<TokenView> find(TokenId id) {
    return rows.ofService(id);
  }

  /** The first token of a new service. */
  public TokenChange make(Call call, Caller.Person by, TokenWish wish, Role role) {
    return rights
        .denied(by, Action.GIVE_ROLE, role, Membership.NONE)
        .orElseGet(
            () ->
                made.make(
                    call,
                    by,
                    wish,
                    Optional.of(new TokenView.OfService(new ServiceId(ids.next()), role))));
  }

  /**
   * One more token of the same service, with the same role: both are good, until the older one is
   * revoked or expires.
   */
  public TokenChange makeSuccessor(Call call, Caller.Person by, TokenId older, TokenWish wish) {
    Optional<TokenView.OfService> service = rows.ofService(older).flatMap(TokenView::service);
    if (service.isEmpty()) {
      return new TokenChange.Unknown();
    }
    Role role = service.get().role();
    return rights
        .denied(by, Action.GIVE_ROLE, role, Membership.of(role))
        .orElseGet(() -> made.make(call, by, wish, service));
  }

  /** Ends one: every server refuses it within a second. */
  public TokenChange revoke(Call call, Caller.Person by, TokenId id) {
    return Objects.requireNonNull(transaction.execute(status -> revoked(call, by, id)));
  }

  private TokenChange revoked(Call call, Caller.Person by, TokenId id) {
    Optional<TokenView.OfService> service = rows.ofService(id).flatMap(TokenView::service);
    if (service.isEmpty()) {
      return new TokenChange.Unknown();
    }
    Role role = service.get().role();
    return rights
        .denied(by, Action.TAKE_ROLE, role, Membership.of(role))
        .orElseGet(() -> acts.ended(call, by, rows.deleteOfService(id)));
  }
}
