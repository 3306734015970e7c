package dev.cofferdam.server.oauth.issuing;

import dev.cofferdam.server.audit.Actor;
import dev.cofferdam.server.audit.Entry;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.Outbox;
import dev.cofferdam.server.oauth.AccessToken;
import dev.cofferdam.server.oauth.TokenAnswer;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.surface.TokenScope;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantEntry;
import dev.cofferdam.server.tenancy.TenantGate;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Gives an access token for something that stands already, with its record: the token leaves when
 * that is durable. Whoever exchanges something for a token records in the transaction of the
 * exchange, by {@link #entry}.
 */
public final class IssuedTokens {
  private final AccessTokens tokens;
  private final TenantGate gate;
  private final Outbox outbox;
  private final TransactionOperations transaction;

  IssuedTokens(
      AccessTokens tokens, TenantGate gate, Outbox outbox, TransactionOperations transaction) {
    this.tokens = tokens;
    this.gate = gate;
    this.outbox = outbox;
    this.transaction = transaction;
  }

  /** The token; empty when its tenant is closed. */
  Optional<TokenAnswer.Issued> issue(Call call, Actor actor, AccessToken.Grant grant) {
    return switch (gate.enter(grant.holder().tenant())) {
      case TenantEntry.Denied denied -> Optional.empty();
      case TenantEntry.Entered(Scope.OfTenant scope) -> {
        AccessToken token = tokens.issue(grant);
        RecordId record =
            Scopes.call(
                scope,
                () ->
                    Objects.requireNonNull(
                        transaction.execute(status -> outbox.record(entry(call, actor, grant)))));
        yield Optional.of(new TokenAnswer.Issued(record, token, Optional.empty()));
      }
    };
  }

  /** What is recorded of a token: who got it, for what, and whether it is bound to a key. */
  public static Entry entry(Call call, Actor actor, AccessToken.Grant grant) {
    Entry entry =
        Entry.done(new LogId.OfTenant(grant.holder().tenant()), actor, "access_token.issued")
            .on(grant.holder().kind().text(), grant.holder().id().toString())
            .in(call.id())
            .with("client", grant.client().value())
            .with(
                "scopes",
                grant.scopes().stream()
                    .map(TokenScope::text)
                    .sorted()
                    .collect(Collectors.joining(" ")));
    return grant.boundTo().map(key -> entry.with("bound_to", key.value())).orElse(entry);
  }
}
