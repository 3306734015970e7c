package dev.cofferdam.server.oauth.authorization;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.time.ZoneOffset.UTC;

import dev.cofferdam.server.identity.RingMac;
import dev.cofferdam.server.identity.Sha256;
import dev.cofferdam.server.identity.Stored;
import dev.cofferdam.server.oauth.AuthenticatedClient;
import dev.cofferdam.server.oauth.ClientId;
import dev.cofferdam.server.oauth.KeyThumbprint;
import dev.cofferdam.server.oauth.TokenRequest;
import dev.cofferdam.server.surface.AcrClass;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Ids;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.SignIn;
import dev.cofferdam.server.surface.TokenScope;
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
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes codes and refresh tokens for what comes next, each once. The row decides, under its lock:
 * of any number at once, here or on other servers, one is the first.
 */
final class Redemptions {
  private static final Scope SCOPE = new Scope.OfPlatform(new Purpose("oauth"));

  private final JdbcClient ops;
  private final TransactionOperations transaction;
  private final TenantGate gate;
  private final RingMac codes;
  private final RingMac refreshes;
  private final SecureRandom random;
  private final GrantActs acts;
  private final Ids ids;
  private final GrantSettings settings;
  private final Clock clock;

  Redemptions(
      JdbcClient ops,
      TransactionOperations transaction,
      TenantGate gate,
      RingMac codes,
      RingMac refreshes,
      SecureRandom random,
      GrantActs acts,
      Ids ids,
      GrantSettings settings,
      Clock clock) {
    this.ops = ops;
    this.transaction = transaction;
    this.gate = gate;
    this.codes = codes;
    this.refreshes = refreshes;
    this.random = random;
    this.acts = acts;
    this.ids = ids;
    this.settings = settings;
    this.clock = clock;
  }

  /** What became of it. */
  sealed interface Outcome {}

  /**
   * It was good.
   *
   * @param person who let the client have this
   * @param role that they have in the tenant now
   * @param signIn how they had signed in when they did
   * @param next what is good from now on
   */
  record Redeemed(
      RecordId record,
      TenantId tenant,
      PersonId person,
      UUID grant,
      Role role,
      Set<TokenScope> scopes,
      SignIn signIn,
      GrantHandle next)
      implements Outcome {}

  /** It is not good, or not for this client. */
  record Unknown() implements Outcome {}

  /** It is good, and was given for less than is asked for now: it is as good as before. */
  record Exceeding() implements Outcome {}

  /**
   * As what somebody redeems.
   *
   * @param boundTo the key that the client has shown to have
   * @param scopes that it asks for; empty when it leaves that to what was given
   */
  record Asking(
      Call call,
      ClientId client,
      Optional<KeyThumbprint> boundTo,
      Optional<Set<TokenScope>> scopes) {
    /**
     * Of a request.
     *
     * @throws dev.cofferdam.server.surface.RefusedException when there is no such scope
     */
    static Asking of(TokenRequest request, AuthenticatedClient client) {
      return new Asking(request.call(), client.client().id(), request.boundTo(), request.scopes());
    }

    private @Nullable String jkt() {
      return boundTo.map(KeyThumbprint::value).orElse(null);
    }
  }

  /** It was used before: somebody has a copy, and the grant has ended. */
  record Reused(RecordId record, TenantId tenant, PersonId person, UUID grant) implements Outcome {}

  /**
   * Redeems a code.
   *
   * @param redirectUri to which the code was sent, as the client says
   * @param verifier that the challenge was made of, as the client says
   */
  Outcome redeem(Asking asking, String code, String redirectUri, String verifier) {
    Optional<AuthorizationCode> genuine = AuthorizationCode.of(code, codes);
    if (genuine.isEmpty()) {
      return new Unknown();
    }
    return begin(
        asking,
        genuine.get().tenant(),
        by ->
            by.fill(
                ops.sql(
                        """
                        select answer, begun, person, for_scopes, role, signed_acr, signed_at
                          from oauth.redeem_code(:tenant, :hash, :client, :uri, :proven, :jkt, :grant, :refresh, :now, :until,
                                                 :ends, :most)
                        """)
                    .param("hash", genuine.get().hash())
                    .param("client", asking.client().value())
                    .param("uri", redirectUri)
                    .param("proven", challenge(verifier))
                    .param("jkt", asking.jkt(), Types.VARCHAR)));
  }

  /**
   * Begins a grant by a statement that decides whether there is one, in one transaction with its
   * record.
   *
   * @param statement its columns are those of `oauth.redeem_code`
   */
  Outcome begin(
      Asking asking, TenantId tenant, Function<NewGrant, JdbcClient.StatementSpec> statement) {
    UUID grant = ids.next();
    GrantHandle first = GrantHandle.make(tenant, grant, random, refreshes);
    Instant now = now();
    Instant ends = now.plus(settings.longest());
    NewGrant begun =
        new NewGrant(
            tenant,
            grant,
            first.hash(),
            now,
            earlier(now.plus(settings.idle()), ends),
            ends,
            settings.mostPerPerson());
    return isOpen(tenant)
        ? transact(() -> outcome(asking, "begun", tenant, first, statement.apply(begun)))
        : new Unknown();
  }

  /** Takes a refresh token for the next one. */
  Outcome rotate(Asking asking, String refresh) {
    Optional<GrantHandle> genuine =
        GrantHandle.of(refresh, refreshes).filter(one -> isOpen(one.tenant()));
    if (genuine.isEmpty()) {
      return new Unknown();
    }
    TenantId tenant = genuine.get().tenant();
    UUID grant = genuine.get().grant();
    GrantHandle next = GrantHandle.make(tenant, grant, random, refreshes);
    Instant now = now();
    return transact(
        () ->
            outcome(
                asking,
                "refreshed",
                tenant,
                next,
                ops.sql(
                        """
                        select answer, :grant::uuid as begun, person, for_scopes, role, signed_acr, signed_at
                          from oauth.rotate_refresh(:tenant, :grant, :hash, :client, :jkt, :refresh, :now, :until)
                        """)
                    .param("tenant", tenant.value())
                    .param("grant", grant)
                    .param("hash", genuine.get().hash())
                    .param("client", asking.client().value())
                    .param("jkt", asking.jkt(), Types.VARCHAR)
                    .param("refresh", next.hash())
                    .param("now", now.atOffset(UTC))
                    .param("until", now.plus(settings.idle()).atOffset(UTC))));
  }

  /**
   * Ends the grant that a refresh token is of, newest or not, on the word of its client.
   *
   * @return of which tenant, if there was one
   */
  Optional<Recorded<TenantId>> end(Call call, ClientId client, String refresh) {
    return GrantHandle.of(refresh, refreshes)
        .flatMap(genuine -> end(call, client, genuine.tenant(), genuine.grant()));
  }

  /** The same of the grant that an access token stands on. */
  Optional<Recorded<TenantId>> end(Call call, ClientId client, TenantId tenant, UUID grant) {
    return transactOptional(
        () ->
            ops.sql("select oauth.end_grant(:tenant, :grant, :client)")
                .param("tenant", tenant.value())
                .param("grant", grant)
                .param("client", client.value())
                .query((row, n) -> Optional.ofNullable(row.getObject(1, UUID.class)))
                .single()
                .map(
                    person ->
                        Recorded.in(
                            tenant,
                            acts.used(call, "revoked", tenant, new PersonId(person), grant, client),
                            tenant)));
  }

  private Outcome outcome(
      Asking asking,
      String verb,
      TenantId tenant,
      GrantHandle next,
      JdbcClient.StatementSpec statement) {
    Row row = statement.query((found, n) -> Row.of(found)).single();
    return switch (row.answer()) {
      case "unknown" -> new Unknown();
      case "reused" ->
          new Reused(used(asking, "reused", tenant, row), tenant, row.who(), row.which());
      case "begun", "rotated" ->
          isWithin(asking, row.scopes())
              ? new Redeemed(
                  used(asking, verb, tenant, row),
                  tenant,
                  row.who(),
                  row.which(),
                  Stored.of(Role.class, Objects.requireNonNull(row.role())),
                  row.scopes(),
                  Objects.requireNonNull(row.signIn()),
                  next)
              : new Exceeding();
      default -> throw new IllegalStateException("redeeming gave an unknown answer");
    };
  }

  private RecordId used(Asking asking, String verb, TenantId tenant, Row row) {
    return acts.used(asking.call(), verb, tenant, row.who(), row.which(), asking.client());
  }

  /** Whether no more is asked for than was given (RFC 6749, section 6). */
  private static boolean isWithin(Asking asking, Set<TokenScope> given) {
    return asking.scopes().filter(wanted -> !given.containsAll(wanted)).isEmpty();
  }

  /** What the functions answer; all but the answer is null where nobody is known. */
  private record Row(
      String answer,
      @Nullable UUID grant,
      @Nullable UUID person,
      Set<TokenScope> scopes,
      @Nullable String role,
      @Nullable SignIn signIn) {

    static Row of(ResultSet row) throws SQLException {
      @Nullable Array scopes = row.getArray("for_scopes");
      @Nullable OffsetDateTime at = row.getObject("signed_at", OffsetDateTime.class);
      return new Row(
          row.getString("answer"),
          row.getObject("begun", UUID.class),
          row.getObject("person", UUID.class),
          scopes == null ? Set.of() : known((String[]) scopes.getArray()),
          row.getString("role"),
          at == null
              ? null
              : new SignIn(Stored.of(AcrClass.class, row.getString("signed_acr")), at.toInstant()));
    }

    PersonId who() {
      return new PersonId(Objects.requireNonNull(person));
    }

    UUID which() {
      return Objects.requireNonNull(grant);
    }
  }

  /** A scope that this server does not know allows nothing. */
  static Set<TokenScope> known(String[] stored) {
    return Stream.of(stored)
        .flatMap(text -> TokenScope.of(text).stream())
        .collect(Collectors.toSet());
  }

  private Outcome transact(Supplier<Outcome> work) {
    try {
      return Scopes.call(
          SCOPE,
          () ->
              Objects.requireNonNull(
                  transaction.execute(
                      status -> {
                        Outcome outcome = work.get();
                        if (outcome instanceof Exceeding) {
                          // What was used up for it is given back.
                          status.setRollbackOnly();
                        }
                        return outcome;
                      })));
    } catch (DataIntegrityViolationException memberNoMore) {
      // Who was taken out of the tenant at this very moment has let nobody have anything.
      return new Unknown();
    }
  }

  private <T> Optional<T> transactOptional(Supplier<Optional<T>> work) {
    return Scopes.call(
        SCOPE, () -> Objects.requireNonNull(transaction.execute(status -> work.get())));
  }

  private boolean isOpen(TenantId tenant) {
    return gate.enter(tenant) instanceof TenantEntry.Entered;
  }

  /** Of a verifier (RFC 7636, section 4.6). */
  private static String challenge(String verifier) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Sha256.of(verifier.getBytes(US_ASCII)));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
