package dev.cofferdam.server.identity.token;

import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.TokenId;
import dev.cofferdam.server.tenancy.PersonId;
import java.util.Objects;
import java.util.Optional;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The caller's own tokens in the tenant that is bound: each acts as its person, in what its scopes
 * say.
 */
public final class PersonalTokens {
  private final TokenRows rows;
  private final MadeTokens made;
  private final TokenActs acts;
  private final TransactionOperations transaction;

  PersonalTokens(
      TokenRows rows, MadeTokens made, TokenActs acts, TransactionOperations transaction) {
    this.rows = rows;
    this.made = made;
    this.acts = acts;
    this.transaction = transaction;
  }

  /** Those that a person has, by id, which is by when they were made. */
  public Page<TokenView> list(PersonId whose, PageRequest asked) {
    return rows.ofPerson(whose, asked);
  }

  public TokenChange make(Call call, Caller.Person by, TokenWish wish) {
    return made.make(call, by, wish, Optional.empty());
  }

  /** Ends one: every server refuses it within a second. */
  public TokenChange revoke(Call call, Caller.Person by, TokenId id) {
    return Objects.requireNonNull(
        transaction.execute(status -> acts.ended(call, by, rows.deleteOfPerson(by.id(), id))));
  }

  /** The same for a program that acts for its person. */
  public TokenChange revoke(Call call, Caller.Agent by, TokenId id) {
    return Objects.requireNonNull(
        transaction.execute(status -> acts.ended(call, by, rows.deleteOfPerson(by.id(), id))));
  }
}
