package dev.cofferdam.server.identity.oidc;

import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.modulith.NamedInterface;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a token of somebody else says, of which every check has passed. No record: what it says may
 * be about people.
 */
@NamedInterface("foreign")
public final class ForeignToken {
  private final ObjectNode claims;
  private final byte[] signed;

  private ForeignToken(ObjectNode claims, byte[] signed) {
    this.claims = claims;
    this.signed = signed;
  }

  static ForeignToken of(String verified) {
    CompactToken token = CompactToken.of(verified).orElseThrow();
    return new ForeignToken(token.payload(), token.signed());
  }

  /**
   * By what it is known again: what it calls itself, or, where it does not, all that is signed. Not
   * the signature, of which others may be made that are as good.
   */
  public byte[] identity() {
    Optional<String> id = StrictJson.text(claims, "jti");
    // No JSON begins with this: what is signed never looks like a name.
    return id.map(name -> ("jti/" + name).getBytes(StandardCharsets.UTF_8))
        .orElseGet(signed::clone);
  }

  /** From when on it is refused for its age, to the next whole second. */
  public Instant goodUntil() {
    return Instant.ofEpochSecond(
            claims.path("exp").decimalValue().setScale(0, RoundingMode.CEILING).longValueExact())
        .plus(ClaimChecks.LEEWAY);
  }

  /** The texts of a claim: one, or those of a list. None when it is anything else, or not there. */
  public List<String> texts(String claim) {
    JsonNode value = claims.path(claim);
    if (value.isString()) {
      return List.of(value.asString());
    }
    List<String> texts = new ArrayList<>();
    if (value.isArray()) {
      for (JsonNode element : value) {
        if (element.isString()) {
          texts.add(element.asString());
        }
      }
    }
    return texts;
  }

  @Override
  public String toString() {
    return "a token of another issuer";
  }
}
