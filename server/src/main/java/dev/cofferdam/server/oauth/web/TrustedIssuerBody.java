package dev.cofferdam.server.oauth.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cofferdam.server.oauth.exchange.RuleView;
import dev.cofferdam.server.oauth.exchange.TrustedIssuerView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An issuer whose tokens can be exchanged.
 *
 * @param jwksUrl where its keys are; absent when its discovery document says that
 * @param audience whom its tokens must be made for
 * @param reusable whether one token may be exchanged more than once
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TrustedIssuerBody(
    UUID id,
    String label,
    String issuer,
    @Nullable String jwksUrl,
    String audience,
    boolean reusable,
    UUID madeBy,
    Instant createdAt) {

  static TrustedIssuerBody of(TrustedIssuerView view) {
    return new TrustedIssuerBody(
        view.id().value(),
        view.label(),
        view.issuer(),
        view.keys().orElse(null),
        view.audience(),
        view.reusable(),
        view.madeBy().value(),
        view.createdAt());
  }

  /** The same with its rules. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record WithRules(
      UUID id,
      String label,
      String issuer,
      @Nullable String jwksUrl,
      String audience,
      boolean reusable,
      UUID madeBy,
      Instant createdAt,
      List<RuleBody> rules) {

    static WithRules of(TrustedIssuerView view, List<RuleView> rules) {
      return new WithRules(
          view.id().value(),
          view.label(),
          view.issuer(),
          view.keys().orElse(null),
          view.audience(),
          view.reusable(),
          view.madeBy().value(),
          view.createdAt(),
          rules.stream().map(RuleBody::of).toList());
    }
  }
}
