package dev.cofferdam.server.oauth.exchange;

import dev.cofferdam.server.identity.oidc.ForeignToken;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a rule asks of a token: that a claim is one of some values, letter by letter; of a list, one
 * element.
 *
 * @param claim at the top of the token
 */
public record Condition(String claim, List<String> values) {
  private static final Pattern CLAIM = Pattern.compile("[\\x21-\\x7e]{1,100}");
  private static final int LONGEST_VALUE = 255;
  private static final int MOST = 10;
  private static final int MOST_VALUES = 20;

  /** What the verifier has compared, or says nothing of who shows the token. */
  private static final Set<String> COMPARED =
      Set.of("iss", "aud", "azp", "exp", "nbf", "iat", "jti", "nonce");

  private static final TypeReference<List<Condition>> LIST = new TypeReference<>() {};

  public Condition {
    values = List.copyOf(values);
  }

  boolean isMetBy(ForeignToken token) {
    return token.texts(claim).stream().anyMatch(values::contains);
  }

  /** Whether these are conditions that a rule may have. */
  static boolean areGood(List<Condition> conditions) {
    Set<String> claims = new HashSet<>();
    return !conditions.isEmpty()
        && conditions.size() <= MOST
        && conditions.stream().allMatch(one -> one.isGood() && claims.add(one.claim));
  }

  private boolean isGood() {
    return CLAIM.matcher(claim).matches()
        && !COMPARED.contains(claim)
        && !values.isEmpty()
        && values.size() <= MOST_VALUES
        && new HashSet<>(values).size() == values.size()
        && values.stream().allMatch(Condition::isValue);
  }

  private static boolean isValue(String text) {
    return !text.isBlank()
        && text.length() <= LONGEST_VALUE
        && text.chars().noneMatch(Character::isISOControl);
  }

  /** As the database has them. */
  static String stored(List<Condition> conditions) {
    return JsonMapper.shared().writeValueAsString(conditions);
  }

  static List<Condition> ofStored(String json) {
    return JsonMapper.shared().readValue(json, LIST);
  }
}
