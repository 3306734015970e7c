package dev.cofferdam.review.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes id tokens as a case has them.
 *
 * @param idp that is to have issued them
 * @param server the server's own origin
 * @param now by the server's clock
 */
public record ForgedToken(HostileIdp idp, String server, Instant now) {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  /** An honest one by now, but for these claims. */
  public static String saying(HostileIdp idp, Map<String, ?> claims, String nonce) {
    return now(idp).of(TokenCases.honest().with(claims), nonce);
  }

  /** Makes tokens by now, for cases that do not name the server. */
  public static ForgedToken now(HostileIdp idp) {
    return new ForgedToken(idp, "", Instant.now());
  }

  /** The compact token, for the sign-in with this nonce. */
  public String of(TokenCase which, String nonce) {
    ObjectNode header = JsonMapper.shared().createObjectNode();
    header.put("alg", "ES256").put("kid", "e").put("typ", "JWT");
    change(header, which.header(), nonce);
    ObjectNode claims = JsonMapper.shared().createObjectNode();
    claims.put("iss", idp.issuer()).put("sub", "mallory").put("aud", HostileIdp.CLIENT);
    claims.put("nonce", nonce).put("acr", "mfa");
    claims.put("iat", now.getEpochSecond()).put("exp", now.getEpochSecond() + 300);
    claims.put("auth_time", now.getEpochSecond() - 10);
    change(claims, which.claims(), nonce);
    String content = encoded(header) + "." + encoded(claims);
    return content + "." + HostileIdp.keys().sign(which.by(), content);
  }

  private void change(ObjectNode honest, ObjectNode changes, String nonce) {
    for (Map.Entry<String, JsonNode> change : changes.properties()) {
      if (change.getValue().isNull()) {
        honest.remove(change.getKey());
      } else {
        honest.set(change.getKey(), put(change.getValue(), nonce));
      }
    }
  }

  private JsonNode put(JsonNode value, String nonce) {
    if (value instanceof ArrayNode list) {
      ArrayNode put = JsonMapper.shared().createArrayNode();
      List.copyOf(list.values()).forEach(one -> put.add(put(one, nonce)));
      return put;
    }
    if (!value.isString()) {
      return value;
    }
    String text = value.asString();
    if (text.startsWith("now")) {
      BigDecimal at =
          BigDecimal.valueOf(now.getEpochSecond()).add(new BigDecimal(text.substring(3)));
      return JsonMapper.shared().getNodeFactory().numberNode(at);
    }
    if (text.equals("(jwk)")) {
      return JsonMapper.shared().valueToTree(HostileIdp.keys().others("mine"));
    }
    return JsonMapper.shared()
        .getNodeFactory()
        .stringNode(
            text.replace("(issuer)", idp.issuer())
                .replace("(client)", HostileIdp.CLIENT)
                .replace("(nonce)", nonce)
                .replace("(server)", server)
                .replace("(jku)", idp.issuer() + "/others"));
  }

  private static String encoded(ObjectNode json) {
    return BASE64.encodeToString(json.toString().getBytes(UTF_8));
  }
}
