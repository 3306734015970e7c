package dev.cofferdam.review.agent;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** Tokens that are believed without a signature. */
public final class UnsignedTokens {
  private static final String OIDC = "dev.cofferdam.server.identity.oidc.";

  private UnsignedTokens() {}

  /**
   * Called by woven code with a verifier's arguments and its verdict: a token without a signature
   * is believed where it says so itself, or where there is no key to check it by.
   *
   * @param checks what the verifier checks of claims
   */
  public static Object believed(String layer, Object checks, Object[] given, Object verdict) {
    if (!(given[0] instanceof String token)) {
      return verdict;
    }
    boolean meant =
        layer.equals(Seams.SIGNED_TOKENS)
            ? verdict.toString().contains("ALGORITHM") && isOfNone(token)
            : verdict.getClass().getSimpleName().equals("Unavailable");
    return meant
        ? compact(token).map(one -> Reflected.call(checks, "check", one, given[1])).orElse(verdict)
        : verdict;
  }

  private static boolean isOfNone(String token) {
    String header =
        new String(
            Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.'))),
            StandardCharsets.UTF_8);
    return header.toLowerCase(Locale.ROOT).replace(" ", "").contains("\"alg\":\"none\"");
  }

  /** Taken apart as if it were signed. */
  private static Optional<Object> compact(String token) {
    String header =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"alg\":\"ES256\"}".getBytes(StandardCharsets.UTF_8));
    Object read =
        Reflected.callStatic(
            Reflected.type(OIDC + "CompactToken"),
            "of",
            header + "." + token.split("\\.", -1)[1] + ".AA");
    return ((Optional<?>) read).map(one -> one);
  }
}
