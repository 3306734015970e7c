package dev.cofferdam.review.issuer;

import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A token with a defect, or with none that anybody should mind.
 *
 * @param attack that plays it
 * @param what is the matter with it
 * @param header what is other than in an honest one; null takes a member out
 * @param claims the same
 * @param meets the codes that it may meet; none when whoever brings it is signed in
 */
public record TokenCase(
    String attack,
    String what,
    ObjectNode header,
    ObjectNode claims,
    IssuerKeys.Signer by,
    Set<String> meets) {
  public TokenCase {
    meets = Set.copyOf(meets);
  }

  /** The same with these claims beside its own. */
  public TokenCase with(Map<String, ?> more) {
    ObjectNode all = claims.deepCopy();
    more.forEach((name, value) -> all.set(name, JsonMapper.shared().valueToTree(value)));
    return new TokenCase(attack, what, header, all, by, meets);
  }

  /** Whether it is to be believed. */
  public boolean isGood() {
    return meets.isEmpty();
  }
}
