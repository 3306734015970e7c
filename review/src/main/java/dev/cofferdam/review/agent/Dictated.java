package dev.cofferdam.review.agent;

import java.util.HashMap;
import java.util.Map;

/**
 * What the development IdP says in its tokens instead of what it would: so that an attack can come
 * from a provider that says too little, or something else.
 */
public final class Dictated {
  private static final String CLAIMS = "com.nimbusds.jwt.JWTClaimsSet";

  private Dictated() {}

  /** Called by the woven maker of tokens with their claims. */
  public static Object of(Object claims) {
    Map<String, String> says = Switches.tokensSay();
    if (says.isEmpty()) {
      return claims;
    }
    Map<String, Object> all = new HashMap<>();
    ((Map<?, ?>) Reflected.call(claims, "toJSONObject"))
        .forEach((name, value) -> all.put(String.valueOf(name), value));
    says.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            all.remove(name);
          } else {
            all.put(name, value.matches("[0-9]+") ? (Object) Long.valueOf(value) : value);
          }
        });
    return Reflected.callStatic(Reflected.type(CLAIMS), "parse", all);
  }
}
