package dev.cofferdam.server.oauth.proof;

import com.nimbusds.jose.jwk.JWK;
import dev.cofferdam.server.identity.oidc.CompactToken;
import dev.cofferdam.server.oauth.AuthenticatedClient;
import dev.cofferdam.server.oauth.Client;
import dev.cofferdam.server.oauth.ClientAuthentication;
import dev.cofferdam.server.oauth.ClientId;
import dev.cofferdam.server.oauth.ClientKeys;
import dev.cofferdam.server.oauth.Issuer;
import dev.cofferdam.server.surface.OAuthForm;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Which client sends a form: by an assertion that it signed (RFC 7523, section 3), or, for a public
 * one, by what it calls itself. Safe for use by many threads.
 */
public final class Assertions {
  /** How long an assertion may be good: for so long it has to be remembered. */
  static final Duration LONGEST = Duration.ofMinutes(10);

  /** By how much the client's clock may differ from ours. */
  static final Duration LEEWAY = Duration.ofSeconds(30);

  private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  private static final String ID = "client_id";
  private static final String ASSERTION = "client_assertion";
  private static final String ASSERTION_TYPE = "client_assertion_type";
  private static final String SECRET = "client_secret";
  private static final int LONGEST_NAME = 256;

  /** What its header may call it: nothing that calls itself another kind of statement. */
  private static final Set<String> TYPES = Set.of("", "jwt", "client-authentication+jwt");

  /** By which a statement brings its key along, or says where to fetch it. */
  private static final Set<String> KEYS = Set.of("jwk", "jku", "x5u", "x5c");

  private final KnownClients clients;
  private final UsedOnce used;
  private final Clock clock;

  Assertions(KnownClients clients, UsedOnce used, Clock clock) {
    this.clients = clients;
    this.used = used;
    this.clock = clock;
  }

  /**
   * The client; empty for whatever is wrong.
   *
   * @param endpoint the path that the form was sent to
   * @throws org.springframework.dao.DataAccessException when it cannot be known
   */
  public Optional<AuthenticatedClient> client(OAuthForm form, Issuer issuer, String endpoint) {
    if (form.find(SECRET).isPresent()) {
      return Optional.empty();
    }
    if (form.find(ASSERTION).isEmpty() && form.find(ASSERTION_TYPE).isEmpty()) {
      return form.find(ID).flatMap(ClientId::ofText).flatMap(this::named);
    }
    return form.find(ASSERTION)
        .filter(shown -> form.find(ASSERTION_TYPE).filter(TYPE::equals).isPresent())
        .flatMap(CompactToken::of)
        .filter(Assertions::isLike)
        .filter(shown -> isOfNow(shown) && isFor(shown, issuer, endpoint))
        .flatMap(shown -> author(shown, form.find(ID)).filter(client -> isFirst(shown, client)))
        .map(AuthenticatedClient::new);
  }

  private Optional<AuthenticatedClient> named(ClientId id) {
    return clients
        .find(id, client -> client.authentication() instanceof ClientAuthentication.None)
        .map(AuthenticatedClient::new);
  }

  private static boolean isLike(CompactToken shown) {
    JsonNode header = shown.header();
    JsonNode type = header.path("typ");
    return (type.isMissingNode() || type.isString())
        && TYPES.contains(type.asString("").toLowerCase(Locale.ROOT))
        && !header.has("crit")
        && !header.has("b64")
        && KEYS.stream().noneMatch(header::has);
  }

  private boolean isOfNow(CompactToken shown) {
    Instant now = clock.instant();
    Optional<Instant> expires = shown.time("exp");
    return expires.isPresent()
        && now.isBefore(expires.get().plus(LEEWAY))
        && !expires.get().isAfter(now.plus(LONGEST).plus(LEEWAY))
        && isPast(shown, "iat", now)
        && isPast(shown, "nbf", now);
  }

  /** Whether what it says of a beginning, if it says one, has come. */
  private static boolean isPast(CompactToken shown, String claim, Instant now) {
    return !shown.payload().has(claim)
        || shown.time(claim).filter(at -> !at.isAfter(now.plus(LEEWAY))).isPresent();
  }

  /**
   * For this server alone: an assertion that is good at two is one that the other can show here.
   * Its address, or that of the endpoint, as older clients write it.
   */
  private static boolean isFor(CompactToken shown, Issuer issuer, String endpoint) {
    JsonNode claim = shown.payload().path("aud");
    JsonNode only = claim.isArray() && claim.size() == 1 ? claim.get(0) : claim;
    return only.isString()
        && List.of(
                issuer.origin(), issuer.resource(), issuer.at(endpoint), issuer.at("/oauth/token"))
            .contains(only.asString());
  }

  /** Issuer and subject are the client that signed it, and so is whoever the form names. */
  private Optional<Client> author(CompactToken shown, Optional<String> named) {
    Optional<String> author = shown.text("iss");
    boolean agreed =
        author.isPresent()
            && author.equals(shown.text("sub"))
            && (named.isEmpty() || named.equals(author));
    return agreed
        ? author
            .flatMap(ClientId::ofText)
            .flatMap(id -> clients.find(id, client -> isSignedBy(shown, client)))
        : Optional.empty();
  }

  private static boolean isSignedBy(CompactToken shown, Client client) {
    return client.authentication() instanceof ClientAuthentication.PrivateKeyJwt(ClientKeys keys)
        && keys.find(shown.parsed().getKeyID()).stream().anyMatch(key -> isSigned(shown, key));
  }

  /** Last, so that only assertions take a place that somebody has the key of. */
  private boolean isFirst(CompactToken shown, Client client) {
    Optional<String> name = shown.text("jti").filter(text -> text.length() <= LONGEST_NAME);
    return name.isPresent()
        && used.isFirst(
            UsedOnce.Kind.ASSERTION,
            client.id().value(),
            name.get(),
            shown.time("exp").orElseThrow().plus(LEEWAY));
  }

  private static boolean isSigned(CompactToken shown, JWK key) {
    return Signatures.verify(shown, key);
  }
}
