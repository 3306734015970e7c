package dev.cofferdam.server.oauth.issuing;

import static java.time.ZoneOffset.UTC;

import dev.cofferdam.server.audit.Actor;
import dev.cofferdam.server.audit.Entry;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.Outbox;
import dev.cofferdam.server.oauth.Holder;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantId;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Access tokens that their client gave up before they expired (docs/adr/0117). Those of a grant are
 * none of these: they end with it. Safe for use by many threads.
 */
public final class EndedTokens {
  private static final Scope ASKING = new Scope.OfPlatform(new Purpose("authenticate"));
  private static final Scope ENDING = new Scope.OfPlatform(new Purpose("oauth"));

  private final JdbcClient ops;
  private final TransactionOperations transaction;
  private final Outbox outbox;
  private final Clock clock;

  /**
   * @param outbox of the transactions of the platform's, and {@code transaction} too
   */
  EndedTokens(JdbcClient ops, TransactionOperations transaction, Outbox outbox, Clock clock) {
    this.ops = ops;
    this.transaction = transaction;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * Whether it has ended.
   *
   * @param id as the token calls itself
   * @throws org.springframework.dao.DataAccessException when it cannot be known
   */
  boolean has(UUID id) {
    return Scopes.call(
        ASKING,
        () -> ops.sql("select oauth.is_ended(:id)").param("id", id).query(Boolean.class).single());
  }

  /**
   * Ends one, everywhere within a second, with its record.
   *
   * @param token that stands on no grant
   * @return of which tenant; empty when it had ended before
   */
  public Optional<Recorded<TenantId>> end(Call call, ShownToken token) {
    Actor by = actor(token);
    TenantId tenant = token.holder().tenant();
    return Scopes.call(
        ENDING,
        () ->
            Objects.requireNonNull(
                transaction.execute(
                    status ->
                        isFirst(token)
                            ? Optional.of(
                                Recorded.in(tenant, outbox.record(entry(call, by, token)), tenant))
                            : Optional.empty())));
  }

  private boolean isFirst(ShownToken token) {
    return ops.sql("select oauth.end_token(:id, :holder, :until, :now)")
        .param("id", UUID.fromString(token.id()))
        .param("holder", token.standing().subject())
        .param("until", token.expiresAt().atOffset(UTC))
        .param("now", clock.instant().atOffset(UTC))
        .query(Boolean.class)
        .single();
  }

  private static Entry entry(Call call, Actor by, ShownToken token) {
    return Entry.done(new LogId.OfTenant(token.holder().tenant()), by, "access_token.revoked")
        .on(token.holder().kind().text(), token.holder().id().toString())
        .in(call.id())
        .with("client", token.client().value())
        .with("token", token.id());
  }

  private static Actor actor(ShownToken token) {
    Holder holder = token.holder();
    return switch (holder.kind()) {
      case SERVICE, RULE -> new Actor.OfService(((Caller.Service) token.standing().caller()).id());
      case NODE -> new Actor.OfNode(holder.id());
      case GRANT -> throw new IllegalArgumentException("it ends with its grant");
    };
  }
}
