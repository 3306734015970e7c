package dev.cofferdam.server.identity.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a token must be to be believed. No record, since it holds the nonce and the access token.
 */
public final class Expectation {
  private final String issuer;
  private final String audience;
  private final Set<JWSAlgorithm> algorithms;
  private final @Nullable String nonce;
  private final @Nullable String accessToken;
  private final @Nullable Duration maxAge;
  private final List<String> acrValues;
  private final @Nullable Instant since;
  private final @Nullable OperatorClaim operators;
  private final ClaimNames names;

  private Expectation(
      String issuer,
      String audience,
      Set<JWSAlgorithm> algorithms,
      @Nullable String nonce,
      @Nullable String accessToken,
      @Nullable Duration maxAge,
      List<String> acrValues,
      @Nullable Instant since,
      @Nullable OperatorClaim operators,
      ClaimNames names) {
    this.issuer = issuer;
    this.audience = audience;
    this.algorithms = Set.copyOf(algorithms);
    this.nonce = nonce;
    this.accessToken = accessToken;
    this.maxAge = maxAge;
    this.acrValues = List.copyOf(acrValues);
    this.since = since;
    this.operators = operators;
    this.names = names;
  }

  /**
   * An id token of {@code issuer} for {@code audience}, by one of {@code algorithms}.
   *
   * @throws IllegalArgumentException when an algorithm is none that may ever be agreed on
   */
  static Expectation of(String issuer, String audience, Set<JWSAlgorithm> algorithms) {
    if (!Algorithms.ALLOWED.containsAll(algorithms)) {
      throw new IllegalArgumentException("an algorithm that is not allowed: " + algorithms);
    }
    return new Expectation(
        issuer, audience, algorithms, null, null, null, List.of(), null, null, ClaimNames.STANDARD);
  }

  Expectation withNonce(String expected) {
    return new Expectation(
        issuer,
        audience,
        algorithms,
        expected,
        accessToken,
        maxAge,
        acrValues,
        since,
        operators,
        names);
  }

  /** If the token names an access token, it must be this one. */
  Expectation withAccessToken(String expected) {
    return new Expectation(
        issuer, audience, algorithms, nonce, expected, maxAge, acrValues, since, operators, names);
  }

  /** The person must have signed in so strongly and so lately. */
  Expectation withStrength(@Nullable Duration oldest, List<String> oneOf) {
    return new Expectation(
        issuer, audience, algorithms, nonce, accessToken, oldest, oneOf, since, operators, names);
  }

  /** The person must have signed in since then, and not have been remembered from before. */
  Expectation since(Instant begun) {
    return new Expectation(
        issuer,
        audience,
        algorithms,
        nonce,
        accessToken,
        maxAge,
        acrValues,
        begun,
        operators,
        names);
  }

  /** The token may name an operator, by this. Without it nobody is one. */
  Expectation withOperators(OperatorClaim named) {
    return new Expectation(
        issuer, audience, algorithms, nonce, accessToken, maxAge, acrValues, since, named, names);
  }

  /** What people are called is in these claims. */
  Expectation withNames(ClaimNames given) {
    return new Expectation(
        issuer,
        audience,
        algorithms,
        nonce,
        accessToken,
        maxAge,
        acrValues,
        since,
        operators,
        given);
  }

  String issuer() {
    return issuer;
  }

  String audience() {
    return audience;
  }

  boolean allows(JWSAlgorithm algorithm) {
    return algorithms.contains(algorithm);
  }

  Optional<String> nonce() {
    return Optional.ofNullable(nonce);
  }

  Optional<String> accessToken() {
    return Optional.ofNullable(accessToken);
  }

  Optional<Duration> maxAge() {
    return Optional.ofNullable(maxAge);
  }

  List<String> acrValues() {
    return acrValues;
  }

  Optional<Instant> since() {
    return Optional.ofNullable(since);
  }

  Optional<OperatorClaim> operators() {
    return Optional.ofNullable(operators);
  }

  ClaimNames names() {
    return names;
  }
}
