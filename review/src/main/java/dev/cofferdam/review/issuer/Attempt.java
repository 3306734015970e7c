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
    return at(web.nobody(), idp, "/sign-in?return_to=/workspaces", "/sign-in/callback", token);
  }

  /**
   * The same by another way to it.
   *
   * @param way the path where the way begins
   * @param place the path that the issuer sends the browser back to
   */
  public static Attempt at(
      Browser browser, HostileIdp idp, String way, String place, UnaryOperator<String> token) {
    Reply begun = browser.get(way);
    return isLedOn(begun)
        ? new Attempt(browser.get(back(begun, idp, place, token)), browser)
        : new Attempt(begun, browser);
  }

  static boolean isLedOn(Reply begun) {
    return begun.status() == 303 || begun.status() == 302;
  }

  /** With what the issuer sends the browser back that was led to it. */
  static String back(Reply begun, HostileIdp idp, String place, UnaryOperator<String> token) {
    Map<String, String> query = query(begun.field("Location").orElseThrow());
    Map<String, String> back = new LinkedHashMap<>();
    back.put("state", query.getOrDefault("state", ""));
    back.put("code", idp.grants(token.apply(query.getOrDefault("nonce", ""))));
    back.put("iss", idp.issuer());
    return place + "?" + Ask.encoded(back);
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
