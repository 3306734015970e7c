package dev.cofferdam.server.oauth.issuing;

import dev.cofferdam.server.audit.Actor;
import dev.cofferdam.server.audit.Appended;
import dev.cofferdam.server.audit.AuditLog;
import dev.cofferdam.server.audit.Entry;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.Receipted;
import dev.cofferdam.server.oauth.AccessToken;
import dev.cofferdam.server.oauth.TokenAnswer;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.TokenScope;
import dev.cofferdam.server.tenancy.TenantEntry;
import dev.cofferdam.server.tenancy.TenantGate;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Gives an access token for something that stands already, with its record: there is a token once
 * that is durable, and not before. Nothing else is written for it (docs/adr/0102). Whoever
 * exchanges something for a token records in the transaction of the exchange, by {@link #entry}.
 */
public final class IssuedTokens {
  private final AccessTokens tokens;
  private final TenantGate gate;
  private final AuditLog audit;

  IssuedTokens(AccessTokens tokens, TenantGate gate, AuditLog audit) {
    this.tokens = tokens;
    this.gate = gate;
    this.audit = audit;
  }

  /**
   * The token; empty when its tenant is closed.
   *
   * @throws dev.cofferdam.server.surface.RefusedException when it cannot be recorded in time
   */
  Optional<TokenAnswer.Issued> issue(Call call, Actor actor, AccessToken.Grant grant) {
    return switch (gate.enter(grant.holder().tenant())) {
      case TenantEntry.Denied denied -> Optional.empty();
      case TenantEntry.Entered entered -> Optional.of(recorded(call, actor, tokens.issue(grant)));
    };
  }

  private TokenAnswer.Issued recorded(Call call, Actor actor, AccessToken token) {
    return switch (audit.appendAwaited(entry(call, actor, token.grant()))) {
      case Receipted record -> new TokenAnswer.Issued(record.id(), token, Optional.empty());
      case Appended.Unavailable(Duration wait) ->
          throw Refusal.of(ProblemCode.AUDIT_UNAVAILABLE).after(wait).thrown();
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
