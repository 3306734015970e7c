package dev.cofferdam.server.identity.oidc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import java.text.ParseException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** A signed token taken apart, of which nothing is believed yet. No record: it holds the token. */
final class CompactToken {
  private static final int LONGEST = 16 << 10;
  private static final Pattern FORM =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*");

  private final ObjectNode header;
  private final JWSHeader parsed;
  private final ObjectNode payload;
  private final byte[] signed;
  private final Base64URL signature;

  private CompactToken(
      ObjectNode header, JWSHeader parsed, ObjectNode payload, byte[] signed, Base64URL signature) {
    this.header = header;
    this.parsed = parsed;
    this.payload = payload;
    this.signed = signed;
    this.signature = signature;
  }

  /** Takes it apart; empty when it is none. */
  static Optional<CompactToken> of(String token) {
    if (token.length() > LONGEST || !FORM.matcher(token).matches()) {
      return Optional.empty();
    }
    String[] parts = token.split("\\.", -1);
    Optional<ObjectNode> header = decode(parts[0]);
    Optional<ObjectNode> payload = decode(parts[1]);
    if (header.isEmpty() || payload.isEmpty() || !header.get().path("alg").isString()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new CompactToken(
              header.get(),
              // Nimbus refuses `none` here already: as an algorithm of no signature at all.
              JWSHeader.parse(new Base64URL(parts[0])),
              payload.get(),
              (parts[0] + "." + parts[1]).getBytes(US_ASCII),
              new Base64URL(parts[2])));
    } catch (ParseException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The algorithm that the header names, also of a token that is none otherwise. */
  static Optional<String> algorithm(String token) {
    int dot = token.indexOf('.');
    return dot < 1 || token.length() > LONGEST
        ? Optional.empty()
        : decode(token.substring(0, dot)).flatMap(header -> StrictJson.text(header, "alg"));
  }

  private static Optional<ObjectNode> decode(String part) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(part);
      // One text for each value: else a token that was revoked or seen returns in another spelling.
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part)
          ? StrictJson.object(bytes)
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  ObjectNode header() {
    return header;
  }

  JWSHeader parsed() {
    return parsed;
  }

  ObjectNode payload() {
    return payload;
  }

  byte[] signed() {
    return signed;
  }

  Base64URL signature() {
    return signature;
  }
}
