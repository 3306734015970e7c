package dev.cofferdam.server.oauth.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cofferdam.server.identity.Stored;
import dev.cofferdam.server.oauth.exchange.Condition;
import dev.cofferdam.server.oauth.exchange.RuleView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A rule of a trusted issuer.
 *
 * @param id what programs send as {@code client_id}
 * @param serviceId as whom the exchanged tokens act
 * @param usedAt when a token was last exchanged by it, to half a minute; absent before the first
 *     time
 * @param refusedAt when one was last not, to half a minute
 * @param refusedBecause the name of the check that it failed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RuleBody(
    UUID id,
    String label,
    List<Held> conditions,
    UUID serviceId,
    String role,
    List<String> scopes,
    UUID madeBy,
    Instant createdAt,
    @Nullable Instant usedAt,
    @Nullable Instant refusedAt,
    @Nullable String refusedBecause) {

  /** A condition of a rule. */
  record Held(String claim, List<String> values) {
    static Held of(Condition condition) {
      return new Held(condition.claim(), condition.values());
    }
  }

  static RuleBody of(RuleView view) {
    return new RuleBody(
        view.id().value(),
        view.label(),
        view.conditions().stream().map(Held::of).toList(),
        view.service().value(),
        Stored.name(view.role()),
        view.scopes(),
        view.madeBy().value(),
        view.createdAt(),
        view.usedAt().orElse(null),
        view.refused().map(RuleView.Refused::at).orElse(null),
        view.refused().map(RuleView.Refused::because).orElse(null));
  }
}
