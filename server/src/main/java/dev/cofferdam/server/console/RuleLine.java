package dev.cofferdam.server.console;

import dev.cofferdam.server.oauth.exchange.Condition;
import dev.cofferdam.server.oauth.exchange.RuleView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule of a trusted issuer; times once for machines and once for people.
 *
 * @param refusedWhy why a token was last not exchanged, as a sentence
 */
public record RuleLine(
    String id,
    String label,
    List<String> conditions,
    String service,
    String role,
    String scopes,
    @Nullable String usedAt,
    @Nullable String used,
    @Nullable String refusedAt,
    @Nullable String refused,
    @Nullable String refusedWhy) {
  public RuleLine {
    conditions = List.copyOf(conditions);
  }

  static RuleLine of(RuleView one) {
    return new RuleLine(
        one.id().toString(),
        one.label(),
        one.conditions().stream().map(RuleLine::said).toList(),
        one.service().toString(),
        Words.of(one.role()),
        String.join(", ", one.scopes()),
        one.usedAt().map(Instant::toString).orElse(null),
        one.usedAt().map(Words::of).orElse(null),
        one.refused().map(refused -> refused.at().toString()).orElse(null),
        one.refused().map(refused -> Words.of(refused.at())).orElse(null),
        one.refused().map(refused -> why(refused.because())).orElse(null));
  }

  private static String said(Condition condition) {
    return condition.claim() + " = " + String.join(" or ", condition.values());
  }

  private static String why(String because) {
    return switch (because) {
      case "claims" -> "It was good, and is not what this rule asks for.";
      case "replayed" -> "It had been exchanged before.";
      case "lifetime" -> "It would have been good for longer than a day.";
      case "audience", "authorized_party" -> "It was made for another audience.";
      case "issuer" -> "It names another issuer.";
      case "expired" -> "It had expired.";
      case "not_yet_valid" -> "It was not valid yet.";
      case "key_unknown" -> "It is signed by a key that the issuer does not publish.";
      case "signature" -> "Its signature is not by the issuer's key.";
      case "document" -> "The issuer's discovery document could not be had.";
      case "keys" -> "The issuer's keys could not be had.";
      default -> "It failed the check `" + because + "`.";
    };
  }
}
