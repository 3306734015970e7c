package dev.cofferdam.server.oauth.exchange;

import dev.cofferdam.server.audit.Actor;
import dev.cofferdam.server.audit.Outbox;
import dev.cofferdam.server.identity.Sha256;
import dev.cofferdam.server.identity.Stored;
import dev.cofferdam.server.identity.oidc.ForeignReading;
import dev.cofferdam.server.identity.oidc.ForeignToken;
import dev.cofferdam.server.identity.oidc.TokenFault;
import dev.cofferdam.server.identity.oidc.Trouble;
import dev.cofferdam.server.oauth.AccessToken;
import dev.cofferdam.server.oauth.AuthenticatedClient;
import dev.cofferdam.server.oauth.ClientId;
import dev.cofferdam.server.oauth.GrantType;
import dev.cofferdam.server.oauth.TokenAnswer;
import dev.cofferdam.server.oauth.TokenRequest;
import dev.cofferdam.server.oauth.issuing.AccessTokens;
import dev.cofferdam.server.oauth.issuing.IssuedTokens;
import dev.cofferdam.server.surface.OAuthForm;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.TokenScope;
import dev.cofferdam.server.tenancy.TenantEntry;
import dev.cofferdam.server.tenancy.TenantGate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Exchanges a token that another issuer has signed for an access token of the service that the rule
 * makes (RFC 8693, section 2). What is wrong with a token is said to nobody who sends one; the rule
 * remembers it for whoever looks after it.
 */
final class ExchangeGrant implements GrantType {
  static final String NAME = "urn:ietf:params:oauth:grant-type:token-exchange";

  private static final Logger LOG = LoggerFactory.getLogger(ExchangeGrant.class);
  private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
  private static final Set<String> SUBJECTS =
      Set.of("urn:ietf:params:oauth:token-type:jwt", "urn:ietf:params:oauth:token-type:id_token");

  /** What ends later is not exchanged, so that nothing is remembered for longer. */
  private static final Duration LONGEST = Duration.ofDays(1);

  /** So long an issuer that failed is not asked again. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final PlacedRules rules;
  private final KnownIssuers issuers;
  private final AccessTokens tokens;
  private final TenantGate gate;
  private final Outbox outbox;
  private final TransactionOperations transaction;
  private final Clock clock;

  /**
   * @param outbox of the transactions of the platform's, and {@code transaction} too
   */
  ExchangeGrant(
      PlacedRules rules,
      KnownIssuers issuers,
      AccessTokens tokens,
      TenantGate gate,
      Outbox outbox,
      TransactionOperations transaction,
      Clock clock) {
    this.rules = rules;
    this.issuers = issuers;
    this.tokens = tokens;
    this.gate = gate;
    this.outbox = outbox;
    this.transaction = transaction;
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public TokenAnswer redeem(TokenRequest request, AuthenticatedClient client) {
    Optional<ProblemCode> wrong = wrong(request);
    if (wrong.isPresent()) {
      return refused(wrong.get());
    }
    Optional<PlacedRule> rule = rules.find(client.client().id());
    if (rule.isEmpty()) {
      return refused(ProblemCode.INVALID_CLIENT);
    }
    return switch (gate.enter(rule.get().tenant())) {
      case TenantEntry.Denied denied -> refused(ProblemCode.UNAUTHORIZED_CLIENT);
      case TenantEntry.Entered entered -> read(request, rule.get());
    };
  }

  /** What cannot be asked for, whatever is shown (sections 2.1 and 2.2.2). */
  private static Optional<ProblemCode> wrong(TokenRequest request) {
    OAuthForm form = request.form();
    if (form.find("subject_token").isEmpty()
        || form.find("subject_token_type").filter(SUBJECTS::contains).isEmpty()
        || form.find("requested_token_type").filter(type -> !type.equals(ACCESS_TOKEN)).isPresent()
        || form.find("actor_token").isPresent()
        || form.find("actor_token_type").isPresent()) {
      return Optional.of(ProblemCode.MALFORMED_REQUEST);
    }
    return request.issuer().isOnlyResourceIn(form.all("audience"))
        ? Optional.empty()
        : Optional.of(ProblemCode.INVALID_TARGET);
  }

  private TokenAnswer read(TokenRequest request, PlacedRule rule) {
    String shown = request.form().get("subject_token");
    return switch (issuers.of(rule).read(shown, rule.audience())) {
      case ForeignReading.Read(ForeignToken token) -> held(request, rule, token);
      case ForeignReading.Refused(TokenFault fault) -> unfit(rule, fault.label());
      case ForeignReading.Unavailable(Trouble trouble) -> {
        note(rule, Stored.name(trouble));
        yield new TokenAnswer.Refused(
            Refusal.of(ProblemCode.IDENTITY_PROVIDER_UNAVAILABLE).after(PAUSE));
      }
    };
  }

  /** Holds a token that is genuine against the rule. */
  private TokenAnswer held(TokenRequest request, PlacedRule rule, ForeignToken token) {
    Instant now = clock.instant();
    if (token.goodUntil().isAfter(now.plus(LONGEST))) {
      return unfit(rule, "lifetime");
    }
    if (!rule.conditions().stream().allMatch(condition -> condition.isMetBy(token))) {
      return unfit(rule, "claims");
    }
    Set<TokenScope> asked = request.scopes().orElse(rule.scopes());
    if (!isWithin(asked, rule)) {
      return denied(rule, ProblemCode.INVALID_SCOPE, "scope");
    }
    // Signed before, since the keys are read in a scope of their own now and then.
    AccessToken made = tokens.issue(grant(request, rule, asked));
    return rules.exchanging(
        () ->
            Objects.requireNonNull(
                transaction.execute(status -> used(request, rule, token, made, now))));
  }

  private static boolean isWithin(Set<TokenScope> asked, PlacedRule rule) {
    return rule.scopes().containsAll(asked);
  }

  private TokenAnswer used(
      TokenRequest request, PlacedRule rule, ForeignToken token, AccessToken made, Instant now) {
    return switch (rules.use(
        rule, rule.reusable() ? null : Sha256.of(token.identity()), token.goodUntil(), now)) {
      case EXCHANGED ->
          new TokenAnswer.Issued(recorded(request, rule, made.grant()), made, Optional.empty());
      case REPLAYED -> denied(rule, ProblemCode.INVALID_REQUEST, "replayed");
      case GONE -> refused(ProblemCode.INVALID_CLIENT);
    };
  }

  private RecordId recorded(TokenRequest request, PlacedRule rule, AccessToken.Grant grant) {
    return outbox.record(
        IssuedTokens.entry(request.call(), new Actor.OfService(rule.service()), grant)
            .with("issuer", rule.issuer())
            .with("trusted_issuer", rule.trusted().toString())
            .with("claims", TrustActs.claims(rule.conditions())));
  }

  private static AccessToken.Grant grant(
      TokenRequest request, PlacedRule rule, Set<TokenScope> scopes) {
    ClientId client = new ClientId(rule.id().toString());
    return new AccessToken.Grant(
        request.issuer(),
        client,
        rule.holder(),
        client.value(),
        scopes,
        Optional.empty(),
        request.boundTo());
  }

  private TokenAnswer unfit(PlacedRule rule, String because) {
    note(rule, because);
    return refused(ProblemCode.INVALID_REQUEST);
  }

  /** Something of the service itself: it has proven to be it, and may not. */
  private static TokenAnswer denied(PlacedRule rule, ProblemCode code, String because) {
    return new TokenAnswer.Refused(Refusal.of(code).because(because).to(rule.caller(Set.of())));
  }

  private void note(PlacedRule rule, String because) {
    LOG.info("By rule {} no token was exchanged: {}.", rule.id(), because);
    rules.noteRefused(rule, because, clock.instant());
  }

  private static TokenAnswer refused(ProblemCode code) {
    return new TokenAnswer.Refused(Refusal.of(code));
  }
}
