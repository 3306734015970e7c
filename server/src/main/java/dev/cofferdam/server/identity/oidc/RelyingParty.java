package dev.cofferdam.server.identity.oidc;

import dev.cofferdam.server.egress.Egress;
import dev.cofferdam.server.egress.Outcome;
import dev.cofferdam.server.identity.ForeignIdentity;
import dev.cofferdam.server.surface.AcrClass;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends browsers to an identity provider and takes them back: OpenID Connect's authorization code
 * with PKCE (RFC 7636), state, nonce and, where the provider names itself, {@code iss} (RFC 9207).
 * Safe for use by many threads.
 */
public final class RelyingParty {
  private static final Logger LOG = LoggerFactory.getLogger(RelyingParty.class);
  private static final int MOST_BYTES = 64 << 10;

  private final Client client;
  private final AcrValues acrValues;
  private final Provider provider;
  private final PendingSignIns pending;
  private final ForeignTokens tokens;
  private final Egress egress;
  private final SecureRandom random;
  private final Clock clock;

  RelyingParty(
      Client client,
      AcrValues acrValues,
      PendingSignIns pending,
      Egress egress,
      SecureRandom random,
      Clock clock) {
    this.client = client;
    this.acrValues = acrValues;
    this.provider = new Provider(client.issuer(), egress, clock);
    this.pending = pending;
    this.tokens = new ForeignTokens(clock);
    this.egress = egress;
    this.random = random;
    this.clock = clock;
  }

  /** The values of acr to ask for when somebody must sign in at least so strongly. */
  public List<String> valuesOf(AcrClass least) {
    return acrValues.valuesOf(least);
  }

  /**
   * Begins a sign-in.
   *
   * @param browser what the browser brought along from another tab; else it gets a new handle
   */
  public Begun begin(SignInRequest request, Optional<BrowserHandle> browser) {
    Optional<ProviderMetadata> known = provider.metadata();
    if (known.isEmpty()) {
      return new Begun.IdpUnavailable(Trouble.DOCUMENT);
    }
    String state = BrowserHandle.randomText(random);
    String nonce = BrowserHandle.randomText(random);
    String verifier = BrowserHandle.randomText(random);
    BrowserHandle handle = browser.orElseGet(() -> BrowserHandle.random(random));
    pending.put(
        state,
        handle,
        new PendingSignIn(known.get().issuer(), nonce, verifier, clock.instant(), request));
    UriComponentsBuilder location =
        UriComponentsBuilder.fromUri(known.get().authorization())
            .queryParam("response_type", "code")
            .queryParam("client_id", "{client}")
            .queryParam("redirect_uri", "{redirect}")
            .queryParam("scope", "{scope}")
            .queryParam("state", state)
            .queryParam("nonce", nonce)
            .queryParam("code_challenge", challenge(verifier))
            .queryParam("code_challenge_method", "S256");
    @Nullable Duration maxAge = request.maxAge();
    if (maxAge != null) {
      location.queryParam("prompt", "login").queryParam("max_age", maxAge.toSeconds());
    }
    if (!request.acrValues().isEmpty()) {
      location.queryParam("acr_values", "{acr}");
    }
    return new Begun.Redirect(
        location
            .encode()
            .build(
                Map.of(
                    "client", client.id(),
                    "redirect", request.redirect().toString(),
                    "scope", scope(),
                    "acr", String.join(" ", request.acrValues()))),
        handle);
  }

  /**
   * Where a browser signs out at the provider too (OpenID Connect RP-Initiated Logout 1.0). Who it
   * is there, the provider knows by its own session: of ours no token is kept that could hint.
   *
   * @param back where it sends the browser afterwards, as it was told when we were registered
   */
  public SignOutWay signOut(URI back) {
    Optional<ProviderMetadata> known = provider.metadata();
    if (known.isEmpty()) {
      return new SignOutWay.IdpUnavailable();
    }
    @Nullable URI place = known.get().endSession();
    if (place == null || !egress.admits(place.toString())) {
      return new SignOutWay.None();
    }
    String state = BrowserHandle.randomText(random);
    return new SignOutWay.Redirect(
        UriComponentsBuilder.fromUri(place)
            .queryParam("client_id", "{client}")
            .queryParam("post_logout_redirect_uri", "{back}")
            .queryParam("state", state)
            .encode()
            .build(Map.of("client", client.id(), "back", back.toString())),
        state);
  }

  private String scope() {
    return String.join(" ", "openid", String.join(" ", client.scopes())).strip();
  }

  private static String challenge(String verifier) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(BrowserHandle.sha256(verifier));
  }

  /**
   * Ends a sign-in with what the browser brought back. Whatever comes of it, the same answer cannot
   * be used again.
   */
  public Ended end(CallbackAnswer answer, BrowserHandle browser) {
    return pending
        .take(answer.state(), browser)
        .filter(begun -> begun.isAtThePlatforms())
        .map(begun -> end(answer, begun))
        .orElseGet(Ended.NotBegunHere::new);
  }

  /** Ends a sign-in that was taken out. */
  public Ended end(CallbackAnswer answer, PendingSignIn begun) {
    if (!begun.issuer().equals(client.issuer().value())) {
      return new Ended.NotBegunHere();
    }
    Optional<ProviderMetadata> known = provider.metadata();
    if (known.isEmpty()) {
      return new Ended.IdpUnavailable(Trouble.DOCUMENT);
    }
    // Before anything else is read: an answer of another provider says nothing about this one.
    if (!answer.from(known.get().issuer(), known.get().namesItself())) {
      return refused(SignInFault.CALLBACK_ISSUER);
    }
    return switch (answer) {
      case CallbackAnswer.Declined declined -> new Ended.Declined();
      case CallbackAnswer.Granted granted -> redeem(granted.code(), begun, known.get());
    };
  }

  private Ended redeem(String code, PendingSignIn begun, ProviderMetadata known) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("grant_type", "authorization_code");
    fields.put("code", code);
    fields.put("redirect_uri", begun.request().redirect().toString());
    fields.put("code_verifier", begun.verifier());
    Outcome outcome;
    try {
      outcome =
          egress.send(
              client
                  .authentication()
                  .request(known, client.id(), fields, MOST_BYTES, clock.instant())
                  .with("Accept", "application/json"));
    } catch (UncheckedIOException e) {
      LOG.error("Nobody can sign in: {}.", e.getMessage());
      return new Ended.IdpUnavailable(Trouble.CREDENTIAL);
    }
    return switch (outcome) {
      case Outcome.Answered answered when answered.status() == 200 ->
          verify(answered.body(), begun, known);
      // RFC 6749, section 5.2: the code is not good. Anything else is no answer.
      case Outcome.Answered answered when answered.status() == 400 -> refused(SignInFault.CODE);
      case Outcome.Answered answered -> unavailable(Trouble.TOKENS, answered.toString());
      case Outcome.Refused(Outcome.Rule rule, String host) ->
          unavailable(Trouble.TOKENS, rule.toString());
      case Outcome.Failed(Outcome.Cause cause, String host) ->
          unavailable(Trouble.TOKENS, cause.toString());
    };
  }

  private Ended verify(byte[] body, PendingSignIn begun, ProviderMetadata known) {
    Optional<ObjectNode> answer = StrictJson.object(body);
    Optional<String> token = answer.flatMap(json -> StrictJson.text(json, "id_token"));
    if (answer.isEmpty() || token.isEmpty()) {
      return refused(SignInFault.MALFORMED);
    }
    Expectation expected =
        Expectation.of(known.issuer(), client.id(), known.algorithms())
            .withNonce(begun.nonce())
            .withStrength(begun.request().maxAge(), begun.request().acrValues())
            .withNames(client.names());
    if (begun.request().maxAge() != null) {
      // A provider may not know of `prompt`, or leave it out of account.
      expected = expected.since(begun.begunAt());
    }
    if (client.operators().isPresent()) {
      expected = expected.withOperators(client.operators().get());
    }
    Optional<String> accessToken = StrictJson.text(answer.get(), "access_token");
    if (accessToken.isPresent()) {
      expected = expected.withAccessToken(accessToken.get());
    }
    return switch (tokens.verify(token.get(), expected, provider.keys(known))) {
      case Verification.Verified(Claims claims) ->
          new Ended.SignedIn(
              identity(claims),
              shown(claims.unverified()),
              begun.request().aim(),
              begun.request().returnTo());
      case Verification.Unavailable unavailable ->
          unavailable(Trouble.KEYS, "its keys cannot be had");
      case Verification.Refused(TokenFault fault) -> refused(fault);
    };
  }

  /**
   * The token came from the provider itself. If it is not signed by the keys that the same provider
   * publishes, the provider is not to be relied on, and that is no fault of the person.
   */
  private Ended refused(TokenFault fault) {
    return switch (fault) {
      case KEY_UNKNOWN, SIGNATURE ->
          unavailable(Trouble.SIGNATURE, "its token is not signed by its own keys");
      case MALFORMED -> refused(SignInFault.MALFORMED);
      case ALGORITHM -> refused(SignInFault.ALGORITHM);
      case TYPE -> refused(SignInFault.TYPE);
      case CRITICAL -> refused(SignInFault.CRITICAL);
      case KEY_EMBEDDED -> refused(SignInFault.KEY_EMBEDDED);
      case KEY_UNNAMED -> refused(SignInFault.KEY_UNNAMED);
      case ISSUER -> refused(SignInFault.ISSUER);
      case AUDIENCE -> refused(SignInFault.AUDIENCE);
      case AUTHORIZED_PARTY -> refused(SignInFault.AUTHORIZED_PARTY);
      case SUBJECT -> refused(SignInFault.SUBJECT);
      case EXPIRED -> refused(SignInFault.EXPIRED);
      case NOT_YET_VALID -> refused(SignInFault.NOT_YET_VALID);
      case NONCE -> refused(SignInFault.NONCE);
      case ACCESS_TOKEN -> refused(SignInFault.ACCESS_TOKEN);
      case AUTH_TIME -> refused(SignInFault.AUTH_TIME);
      case ACR -> refused(SignInFault.ACR);
    };
  }

  private Ended refused(SignInFault fault) {
    LOG.info("A sign-in at {} was refused: {}.", client.issuer(), fault.label());
    return new Ended.Refused(fault);
  }

  private Ended unavailable(Trouble trouble, String cause) {
    LOG.warn("The identity provider {} cannot be used: {}.", client.issuer(), cause);
    return new Ended.IdpUnavailable(trouble);
  }

  private ForeignIdentity identity(Claims claims) {
    // Who does not say when, has signed in too long ago for whatever asks how long ago.
    @Nullable Instant authTime = claims.authTime();
    return new ForeignIdentity(
        claims.issuer(),
        claims.subject(),
        shown(claims.email()),
        shown(claims.name()),
        acrValues.strength(claims.acr()),
        claims.amr(),
        authTime == null ? Instant.EPOCH : authTime,
        claims.operator());
  }

  private static @Nullable UnverifiedAddress shown(@Nullable UnverifiedAddress address) {
    return address == null || shown(address.text()) == null ? null : address;
  }

  /** What is only shown: nothing that is too long to be, or that moves what stands beside it. */
  private static @Nullable String shown(@Nullable String text) {
    return text == null || text.length() > 320 || !text.equals(text.replaceAll("\\p{C}", ""))
        ? null
        : text;
  }
}
