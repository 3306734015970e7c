package dev.cofferdam.server.identity.oidc;

import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * By what the platform's identity provider names operators. No other provider has one.
 *
 * @param claim its name; or, where it stands within another, a JSON pointer (RFC 6901) such as
 *     {@code /realm_access/roles}
 * @param values of which the claim must be one, or hold one
 */
public record OperatorClaim(String claim, Set<String> values) {
  private static final Pattern CLAIM = Pattern.compile("[\\x21-\\x7e]{1,200}");

  /**
   * @throws IllegalArgumentException with the second half of a sentence when it can name nobody
   */
  public OperatorClaim {
    values = Set.copyOf(values);
    if (!CLAIM.matcher(claim).matches()
        || claim.startsWith("/") && !claim.matches("(/([^~/]|~[01])+)+")) {
      throw new IllegalArgumentException("is no name of a claim, and no JSON pointer to one");
    }
    if (values.isEmpty() || values.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "names nobody without values, each of which says something");
    }
  }

  /** Whether verified claims name an operator: by a text, or by a list that has it. */
  boolean isIn(ObjectNode claims) {
    JsonNode found = claim.startsWith("/") ? claims.at(claim) : claims.path(claim);
    if (found.isString()) {
      return values.contains(found.asString());
    }
    if (found.isArray()) {
      for (JsonNode one : found) {
        if (one.isString() && values.contains(one.asString())) {
          return true;
        }
      }
    }
    return false;
  }
}
