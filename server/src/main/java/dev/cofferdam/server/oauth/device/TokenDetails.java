package dev.cofferdam.server.oauth.device;

import dev.cofferdam.server.identity.token.TokenWish;
import dev.cofferdam.server.surface.TokenScope;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one kind of authorization details that there is (RFC 9396): a personal token, with a label,
 * scopes and a time. Read strictly, since a person consents to what is understood of it and to
 * nothing else.
 */
public final class TokenDetails {
  /** As {@code type} names it. */
  public static final String TYPE = "personal_token";

  private static final Set<String> MEMBERS = Set.of("type", "label", "scopes", "expires_in_days");
  private static final int LONGEST = 2_000;
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private TokenDetails() {}

  /**
   * The token that a text asks for: an array of one object. Empty when it is none, says more or
   * less than it has to, or names what there is none of.
   */
  static Optional<TokenWish> of(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      JsonNode details = JSON.readTree(text);
      return details.isArray() && details.size() == 1 ? wish(details.get(0)) : Optional.empty();
    } catch (JacksonException noJson) {
      return Optional.empty();
    }
  }

  private static Optional<TokenWish> wish(JsonNode one) {
    JsonNode days = one.path("expires_in_days");
    if (!one.isObject()
        || !Set.copyOf(one.propertyNames()).equals(MEMBERS)
        || !one.path("type").isString()
        || !one.path("type").stringValue().equals(TYPE)
        || !one.path("label").isString()
        || !days.isInt()
        || days.intValue() < 1
        || days.intValue() > TokenWish.LONGEST_DAYS) {
      return Optional.empty();
    }
    Set<TokenScope> scopes = scopes(one.path("scopes"));
    return scopes.isEmpty()
        ? Optional.empty()
        : TokenWish.label(one.path("label").stringValue())
            .map(label -> new TokenWish(label, scopes, Duration.ofDays(days.intValue())));
  }

  /** Empty when it is no list of scopes, each once. */
  private static Set<TokenScope> scopes(JsonNode list) {
    EnumSet<TokenScope> scopes = EnumSet.noneOf(TokenScope.class);
    if (!list.isArray()) {
      return scopes;
    }
    List<Optional<TokenScope>> named =
        list.valueStream()
            .map(
                one ->
                    one.isString()
                        ? TokenScope.of(one.stringValue())
                        : Optional.<TokenScope>empty())
            .toList();
    named.forEach(scope -> scope.ifPresent(scopes::add));
    return scopes.size() == named.size() ? scopes : Set.of();
  }
}
