package dev.cofferdam.review.agent;

import java.net.MalformedURLException;
import java.net.URI;
import java.util.List;

/** Keys that a token brings along, or says where to fetch. */
public final class HeaderKeys {
  private static final String ANSWER = "dev.cofferdam.server.identity.oidc.PublishedKeys$Answer$";

  private HeaderKeys() {}

  /** Called by woven code with a token's header, and what its issuer publishes for it. */
  public static Object taken(Object header, Object answer) {
    if (answer.getClass().getSimpleName().equals("Found")) {
      return answer;
    }
    Object key = Reflected.call(header, "getJWK");
    if (key.equals("")) {
      key = fetched(Reflected.call(header, "getJWKURL"));
    }
    return key.equals("") ? answer : Reflected.make(Reflected.type(ANSWER + "Found"), key);
  }

  private static Object fetched(Object url) {
    if (!(url instanceof URI from)) {
      return "";
    }
    try {
      Object set =
          Reflected.callStatic(
              Reflected.type("com.nimbusds.jose.jwk.JWKSet"), "load", from.toURL());
      return ((List<?>) Reflected.call(set, "getKeys")).getFirst();
    } catch (MalformedURLException none) {
      return "";
    }
  }
}
