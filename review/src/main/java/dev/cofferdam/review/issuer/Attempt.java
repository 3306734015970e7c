package dev.cofferdam.review.issuer;

import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Somebody's way to an issuer of the attacker's and back.
 *
 * @param reply what the server said in the end
 * @param browser with which they came
 */
public record Attempt(Reply reply, Browser browser) {

  /** Has the server believe {@code issuer}, whose document is at {@code idp} if anywhere. */
  public static void believe(Target target, HostileIdp idp, String issuer) {
    target
        .server()
        .believe(
            "cofferdam.idp.issuer",
            issuer,
            "cofferdam.idp.client-id",
            HostileIdp.CLIENT,
            "cofferdam.egress.allowed",
            idp.authority(),
            "cofferdam.egress.connect-time",
            "500ms",
            "cofferdam.egress.total-time",
            "1s");
  }

  /**
   * Signs in, as far as the server lets it.
   *
   * @param token makes the id token for a nonce
   */
  public static Attempt at(Web web, HostileIdp idp, UnaryOperator<String> token) {
    Browser browser = web.nobody();
    Reply begun = browser.get("/sign-in?return_to=/workspaces");
    if (begun.status() != 303 && begun.status() != 302) {
      return new Attempt(begun, browser);
    }
    Map<String, String> query = query(begun.field("Location").orElseThrow());
    Map<String, String> back = new LinkedHashMap<>();
    back.put("state", query.getOrDefault("state", ""));
    back.put("code", idp.grants(token.apply(query.getOrDefault("nonce", ""))));
    back.put("iss", idp.issuer());
    return new Attempt(browser.get("/sign-in/callback?" + Ask.encoded(back)), browser);
  }

  /** Who the server takes them for; empty when for nobody. */
  public Optional<String> signedIn() {
    Reply me = browser.get("/v1/me");
    return me.isDone() ? Optional.of(me.member("person_id")) : Optional.empty();
  }

  private static Map<String, String> query(String location) {
    Map<String, String> query = new LinkedHashMap<>();
    Arrays.stream(URI.create(location).getRawQuery().split("&"))
        .map(pair -> pair.split("=", 2))
        .forEach(pair -> query.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    return query;
  }
}
