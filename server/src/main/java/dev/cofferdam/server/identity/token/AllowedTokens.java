package dev.cofferdam.server.identity.token;

import static java.time.ZoneOffset.UTC;

import dev.cofferdam.server.identity.RingMac;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Ids;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.surface.TokenId;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantEntry;
import dev.cofferdam.server.tenancy.TenantGate;
import dev.cofferdam.server.tenancy.TenantId;
import java.security.SecureRandom;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Makes tokens that their person has allowed on a page a moment ago, when the program that asked
 * for them fetches them: there is none before, and so nothing of it to be kept or found. It is made
 * by the function of the database that the page of tokens uses, and looked at again in the same
 * way.
 */
public final class AllowedTokens {
  private static final Scope SCOPE = new Scope.OfPlatform(new Purpose("token"));

  private final TransactionOperations transaction;
  private final TenantGate gate;
  private final RingMac ring;
  private final SecureRandom random;
  private final TokenActs acts;
  private final Ids ids;
  private final TokenSettings settings;
  private final Clock clock;

  AllowedTokens(
      TransactionOperations transaction,
      TenantGate gate,
      RingMac ring,
      SecureRandom random,
      TokenActs acts,
      Ids ids,
      TokenSettings settings,
      Clock clock) {
    this.transaction = transaction;
    this.gate = gate;
    this.ring = ring;
    this.random = random;
    this.acts = acts;
    this.ids = ids;
    this.settings = settings;
    this.clock = clock;
  }

  /** What became of fetching one. */
  public sealed interface Fetched {}

  /**
   * It is made.
   *
   * @param secret to be shown now and never again
   */
  public record Made(RecordId record, TokenView token, BearerToken secret) implements Fetched {}

  /** There is nothing to be fetched by what was shown. */
  public record Unknown() implements Fetched {}

  /** What was allowed cannot be made any more: of its person, their session or their tokens. */
  public record Lost() implements Fetched {}

  /** It was fetched before: somebody has a copy, and the token has ended. */
  public record Reused(RecordId record) implements Fetched {}

  /** Whether tokens may be good for so long. */
  public boolean mayBeGoodFor(Duration time) {
    return time.compareTo(settings.longest()) <= 0;
  }

  /**
   * Makes one, unless the tenant is closed.
   *
   * @param client that fetches it, for the record
   * @param statement as the owner of the database connection that it is of: decides whether there
   *     is something to be made, and makes it: it is given `:token`, `:token_hash`, `:now` and
   *     `:most`, and its columns are `answer`, `token_made`, `person`, `label`, `for_scopes` and
   *     `expires`. It runs for the purpose `token`, in one transaction with the record
   */
  public Fetched fetch(
      Call call, TenantId tenant, String client, Supplier<JdbcClient.StatementSpec> statement) {
    if (!(gate.enter(tenant) instanceof TenantEntry.Entered)) {
      return new Unknown();
    }
    return Scopes.call(
        SCOPE,
        () -> {
          BearerToken secret = BearerToken.make(BearerToken.Kind.PERSONAL, random, ring);
          try {
            return Objects.requireNonNull(
                transaction.execute(
                    status -> fetched(call, tenant, client, statement.get(), secret)));
          } catch (DataIntegrityViolationException memberNoMore) {
            // Who was taken out of the tenant at this very moment has no tokens there.
            return new Unknown();
          }
        });
  }

  private Fetched fetched(
      Call call,
      TenantId tenant,
      String client,
      JdbcClient.StatementSpec statement,
      BearerToken secret) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Row row =
        statement
            .param("token", ids.next())
            .param("token_hash", secret.hash())
            .param("now", now.atOffset(UTC))
            .param("most", settings.mostPerPerson())
            .query((found, n) -> Row.of(found))
            .single();
    return switch (row.answer()) {
      case "unknown" -> new Unknown();
      case "lost" -> new Lost();
      case "reused" -> new Reused(acts.reused(call, tenant, row.who(), row.which(), client));
      case "made" -> {
        TokenView view = row.view(now);
        yield new Made(acts.fetched(call, tenant, view, client), view, secret);
      }
      default -> throw new IllegalStateException("making what was allowed gave an unknown answer");
    };
  }

  /** What the statement answers; null is what it leaves out. */
  private record Row(
      String answer,
      @Nullable UUID token,
      @Nullable UUID person,
      @Nullable String label,
      List<String> scopes,
      @Nullable Instant expires) {

    static Row of(ResultSet row) throws SQLException {
      @Nullable Array scopes = row.getArray("for_scopes");
      @Nullable OffsetDateTime expires = row.getObject("expires", OffsetDateTime.class);
      return new Row(
          row.getString("answer"),
          row.getObject("token_made", UUID.class),
          row.getObject("person", UUID.class),
          row.getString("label"),
          scopes == null ? List.of() : List.of((String[]) scopes.getArray()),
          expires == null ? null : expires.toInstant());
    }

    PersonId who() {
      return new PersonId(Objects.requireNonNull(person));
    }

    TokenId which() {
      return new TokenId(Objects.requireNonNull(token));
    }

    TokenView view(Instant now) {
      return new TokenView(
          which(),
          Objects.requireNonNull(label),
          scopes,
          Optional.empty(),
          who(),
          now,
          Optional.empty(),
          Objects.requireNonNull(expires));
    }
  }
}
