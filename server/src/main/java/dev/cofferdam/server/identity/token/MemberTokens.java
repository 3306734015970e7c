package dev.cofferdam.server.identity.token;

import dev.cofferdam.server.authz.Action;
import dev.cofferdam.server.authz.Membership;
import dev.cofferdam.server.identity.Memberships;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.TokenId;
import dev.cofferdam.server.tenancy.PersonId;
import java.util.Objects;
import java.util.Optional;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The personal tokens of the members of the tenant that is bound, for those who look after it. They
 * see all of them, and end those of whom they could remove: nobody makes or changes the token of
 * somebody else.
 */
public final class MemberTokens {
  private final TokenRows rows;
  private final TokenActs acts;
  private final Memberships memberships;
  private final TokenRights rights;
  private final TransactionOperations transaction;

  MemberTokens(
      TokenRows rows,
      TokenActs acts,
      Memberships memberships,
      TokenRights rights,
      TransactionOperations transaction) {
    this.rows = rows;
    this.acts = acts;
    this.memberships = memberships;
    this.rights = rights;
    this.transaction = transaction;
  }

  /**
   * What a member has.
   *
   * @param role that they hold in the tenant
   */
  public record Held(Role role, Page<TokenView> tokens) {}

  /** By id, which is by when they were made; empty where there is no such member. */
  public Optional<Held> list(PersonId member, PageRequest asked) {
    return memberships.role(member).map(role -> new Held(role, rows.ofPerson(member, asked)));
  }

  /** Ends one: every server refuses it within a second. */
  public TokenChange revoke(Call call, Caller.Person by, PersonId member, TokenId id) {
    return Objects.requireNonNull(transaction.execute(status -> revoked(call, by, member, id)));
  }

  private TokenChange revoked(Call call, Caller.Person by, PersonId member, TokenId id) {
    // Locked: who becomes an owner at the same time is one before, or when it is over.
    Optional<Role> held = memberships.lockedRole(member);
    if (held.isEmpty()) {
      return new TokenChange.Unknown();
    }
    return rights
        .denied(by, Action.TAKE_ROLE, held.get(), Membership.of(held.get()))
        .orElseGet(() -> acts.ended(call, by, rows.deleteOfPerson(member, id)));
  }
}
