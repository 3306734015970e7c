package dev.cofferdam.server.oauth.device;

import static java.time.ZoneOffset.UTC;

import dev.cofferdam.server.identity.RingMac;
import dev.cofferdam.server.identity.Stored;
import dev.cofferdam.server.identity.token.AllowedTokens;
import dev.cofferdam.server.identity.token.TokenWish;
import dev.cofferdam.server.oauth.AuthenticatedClient;
import dev.cofferdam.server.oauth.ClientAuthentication;
import dev.cofferdam.server.oauth.ClientId;
import dev.cofferdam.server.oauth.Issuer;
import dev.cofferdam.server.oauth.authorization.SignInDemand;
import dev.cofferdam.server.oauth.client.Application;
import dev.cofferdam.server.oauth.client.Applications;
import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Ids;
import dev.cofferdam.server.surface.SignIn;
import dev.cofferdam.server.surface.TokenScope;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Keeps what programs ask until somebody has typed their code. Safe for use by many threads. */
public final class DeviceRequests {
  /** What a program leaves between two questions, until it is told to slow down. */
  public static final Duration INTERVAL = Duration.ofSeconds(5);

  static final Scope SCOPE = new Scope.OfPlatform(new Purpose("device"));

  /** How often another code is tried where one is taken: it never takes two. */
  private static final int TRIES = 3;

  private final JdbcClient ops;
  private final TransactionOperations transaction;
  private final List<Applications> clients;
  private final RingMac ring;
  private final SecureRandom random;
  private final Ids ids;
  private final DeviceSettings settings;
  private final AllowedTokens tokens;
  private final Clock clock;

  DeviceRequests(
      JdbcClient ops,
      TransactionOperations transaction,
      List<Applications> clients,
      RingMac ring,
      SecureRandom random,
      Ids ids,
      DeviceSettings settings,
      AllowedTokens tokens,
      Clock clock) {
    this.ops = ops;
    this.transaction = transaction;
    this.clients = List.copyOf(clients);
    this.ring = ring;
    this.random = random;
    this.ids = ids;
    this.settings = settings;
    this.tokens = tokens;
    this.clock = clock;
  }

  /** What became of a program's asking. */
  public sealed interface Asking {}

  /** It waits for somebody. */
  public record Asked(DeviceCode device, UserCode user, Duration goodFor) implements Asking {}

  /** A scope is none, or not for this client. */
  public record ScopeRefused() implements Asking {}

  /** The token that it asks for is none, or not for this client. */
  public record DetailsRefused() implements Asking {}

  /** As many wait as there may be. */
  public record TooMany() implements Asking {}

  /**
   * What a program asks, for whoever has typed its code.
   *
   * @param proven whether it showed by a key that it is this client
   * @param demand how the person must have signed in
   * @param token that they are to make, instead of a grant with these scopes
   * @param from the address that asked
   */
  public record Waiting(
      DeviceId id,
      Application client,
      boolean proven,
      Set<TokenScope> scopes,
      SignInDemand demand,
      Optional<TokenWish> token,
      InetAddress from,
      Instant at) {
    /** By how much clocks may differ of who signs people in and of this server. */
    private static final Duration LEEWAY = Duration.ofSeconds(30);

    public Waiting {
      scopes = Set.copyOf(scopes);
    }

    /**
     * Whether the person may let it have that, as they have signed in. What they did after it had
     * asked counts as done for this, whatever its age: they have come back from it to type the
     * code.
     */
    public boolean isMetBy(SignIn signIn, Instant now) {
      return demand.isMetBy(signIn, now, at.minus(LEEWAY))
          && (token.isEmpty() || Assurance.RECENT_MULTI_FACTOR.isMetBy(signIn, now));
    }

    /** The sign-in that would do. */
    public SignInDemand missing() {
      if (token.isEmpty()) {
        return demand;
      }
      Assurance proof = Assurance.RECENT_MULTI_FACTOR;
      return new SignInDemand(
          demand.least().compareTo(proof.acr()) < 0 ? proof.acr() : demand.least(),
          Optional.ofNullable(proof.maxAge()));
    }
  }

  /**
   * Keeps what a client asks.
   *
   * @param client that may ask in this way
   */
  public Asking ask(Call call, AuthenticatedClient client, DeviceWish wish, Issuer issuer) {
    Optional<Application> known = find(client.client().id());
    Optional<TokenWish> token = wish.details().flatMap(TokenDetails::of);
    if (wish.details().isPresent()
        && (token.isEmpty() || !known.map(one -> mayAskFor(token.get(), one)).orElse(false))) {
      return new DetailsRefused();
    }
    Optional<Set<TokenScope>> scopes =
        token.isPresent()
            // A scope beside it would be of a grant, and there is none.
            ? token.map(TokenWish::scopes).filter(of -> wish.scope().isEmpty())
            : known.flatMap(one -> one.allowed(wish.scope()));
    if (scopes.isEmpty()) {
      return new ScopeRefused();
    }
    Wanted wanted = new Wanted(known.orElseThrow(), scopes.get(), wish.demand(), token);
    for (int tries = 0; tries < TRIES; tries++) {
      DeviceCode device = DeviceCode.make(ids.next(), random, ring);
      UserCode user = UserCode.make(random);
      switch (insert(call, client, wanted, issuer, device, user)) {
        case "asked":
          return new Asked(device, user, settings.goodFor());
        case "too_many":
          return new TooMany();
        case "taken":
          break;
        default:
          throw new IllegalStateException("oauth.ask_device gave an unknown answer");
      }
    }
    throw new IllegalStateException("every code that was drawn is taken");
  }

  /** A request that was read, before it has codes. */
  private record Wanted(
      Application client, Set<TokenScope> scopes, SignInDemand demand, Optional<TokenWish> token) {}

  /**
   * The command line that comes with this server alone: what lasts longer than a grant is for
   * whoever sits there, and no other program has a reason to be given it.
   */
  private boolean mayAskFor(TokenWish token, Application client) {
    return client.provenance() == Application.Provenance.PLATFORM
        && client.scopes().containsAll(token.scopes())
        && tokens.mayBeGoodFor(token.goodFor());
  }

  private String insert(
      Call call,
      AuthenticatedClient shown,
      Wanted wanted,
      Issuer issuer,
      DeviceCode device,
      UserCode user) {
    Instant now = now();
    byte[] typed = user.mac(ring);
    return Scopes.call(
        SCOPE,
        () ->
            Objects.requireNonNull(
                transaction.execute(
                    status ->
                        ops.sql(
                                """
                                select oauth.ask_device(:device, :hash, :typed, :issuer, :client, :name, :proven, :scopes, :acr,
                                                        :age, :label, :days, :from, :now, :until, :every, :most)
                                """)
                            .param("device", device.device())
                            .param("hash", device.hash())
                            .param("typed", typed)
                            .param("issuer", issuer.origin())
                            .param("client", wanted.client().id().value())
                            .param("name", wanted.client().name())
                            .param("proven", isProven(shown))
                            .param(
                                "scopes",
                                wanted.scopes().stream()
                                    .map(TokenScope::text)
                                    .sorted()
                                    .toArray(String[]::new))
                            .param("acr", Stored.name(wanted.demand().least()))
                            .param(
                                "age",
                                wanted.demand().maxAge().map(Duration::toSeconds).orElse(null),
                                Types.INTEGER)
                            .param(
                                "label",
                                wanted.token().map(TokenWish::label).orElse(null),
                                Types.VARCHAR)
                            .param(
                                "days",
                                wanted.token().map(one -> one.goodFor().toDays()).orElse(null),
                                Types.INTEGER)
                            .param("from", literal(call.address()))
                            .param("now", now.atOffset(UTC))
                            .param("until", now.plus(settings.goodFor()).atOffset(UTC))
                            .param("every", (int) INTERVAL.toSeconds())
                            .param("most", settings.most())
                            .query(String.class)
                            .single())));
  }

  /** Without the name of an interface, which a link-local address has behind it. */
  private static String literal(InetAddress address) {
    try {
      return InetAddress.getByAddress(address.getAddress()).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes", e);
    }
  }

  private static boolean isProven(AuthenticatedClient client) {
    return !(client.client().authentication() instanceof ClientAuthentication.None);
  }

  /**
   * What stands behind a code that somebody typed; empty when there is none such, it was answered,
   * it has expired, or its client is gone.
   */
  public Optional<Waiting> find(UserCode typed, Issuer issuer) {
    byte[] mac = typed.mac(ring);
    return Scopes.call(
            SCOPE,
            () ->
                ops.sql(
                        """
                        select device_id, client_id, proven, scopes, least_acr, max_age, label, days,
                               asked_from, asked_at
                          from oauth.find_device(:typed, :issuer, :now)
                        """)
                    .param("typed", mac)
                    .param("issuer", issuer.origin())
                    .param("now", now().atOffset(UTC))
                    .query((row, n) -> DeviceRow.of(row))
                    .optional())
        .flatMap(row -> find(row.client()).map(row::by));
  }

  private Optional<Application> find(ClientId id) {
    return clients.stream().flatMap(some -> some.find(id).stream()).findFirst();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
