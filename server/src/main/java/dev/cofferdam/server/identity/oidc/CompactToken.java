package dev.cofferdam.server.identity.oidc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.springframework.modulith.NamedInterface;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A signed token taken apart, of which nothing is believed yet. No record: it holds the token. */
@NamedInterface("statement")
public final class CompactToken {
  private static final int LONGEST = 16 << 10;

  /** 1 January 10000: what is beyond is no date, and would overflow sums. */
  private static final BigDecimal LATEST = new BigDecimal(253_402_300_800L);

  private static final BigDecimal NANOS = new BigDecimal(1_000_000_000L);

  private static final long HEADS = 5_000;
  private static final int LONGEST_HEAD = 400;

  /**
   * Headers by their text: whoever sends statement after statement has the same for all, and with
   * it a key whose reading is dearer than all the rest. Nothing is believed of what is in here.
   */
  private static final Cache<String, Optional<Head>> KNOWN_HEADS =
      Caffeine.newBuilder().maximumSize(HEADS).executor(Runnable::run).build();

  private final Head head;
  private final ObjectNode payload;
  private final byte[] signed;
  private final Base64URL signature;

  /** A header, read twice: as JSON, and by Nimbus. Shared: nobody changes it. */
  private record Head(ObjectNode json, JWSHeader parsed) {}

  private CompactToken(Head head, ObjectNode payload, byte[] signed, Base64URL signature) {
    this.head = head;
    this.payload = payload;
    this.signed = signed;
    this.signature = signature;
  }

  /** Takes it apart; empty when it is none. */
  public static Optional<CompactToken> of(String token) {
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    if (token.length() > LONGEST
        || first < 1
        || second <= first + 1
        || !isOfLetters(token, first, second)) {
      return Optional.empty();
    }
    Optional<Head> head = head(token.substring(0, first));
    Optional<ObjectNode> payload = decode(token.substring(first + 1, second));
    return head.isEmpty() || payload.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new CompactToken(
                head.get(),
                payload.get(),
                token.substring(0, second).getBytes(US_ASCII),
                new Base64URL(token.substring(second + 1))));
  }

  private static Optional<Head> head(String part) {
    return part.length() > LONGEST_HEAD ? read(part) : KNOWN_HEADS.get(part, CompactToken::read);
  }

  private static Optional<Head> read(String part) {
    Optional<ObjectNode> json = decode(part).filter(header -> header.path("alg").isString());
    if (json.isEmpty()) {
      return Optional.empty();
    }
    try {
      // Nimbus refuses `none` here already: as an algorithm of no signature at all.
      return Optional.of(new Head(json.get(), JWSHeader.parse(new Base64URL(part))));
    } catch (ParseException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Those of base64url (RFC 4648, section 5) and nothing else, but for the two dots. */
  private static boolean isOfLetters(String token, int first, int second) {
    for (int at = 0; at < token.length(); at++) {
      char letter = token.charAt(at);
      boolean known =
          letter >= 'a' && letter <= 'z'
              || letter >= 'A' && letter <= 'Z'
              || letter >= '0' && letter <= '9'
              || letter == '-'
              || letter == '_';
      if (!known && at != first && at != second) {
        return false;
      }
    }
    return true;
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

  /** A claim that is a text, and not an empty one. */
  public Optional<String> text(String claim) {
    return StrictJson.text(payload, claim);
  }

  /** A claim that is a point in time (RFC 7519, section 2). */
  public Optional<Instant> time(String claim) {
    return instant(payload.path(claim));
  }

  /** Seconds since 1970 as a date; empty for what is none. */
  static Optional<Instant> instant(JsonNode claim) {
    if (!claim.isNumber()) {
      return Optional.empty();
    }
    BigDecimal seconds = claim.decimalValue();
    if (seconds.signum() < 0 || seconds.compareTo(LATEST) >= 0 || seconds.scale() >= 20) {
      return Optional.empty();
    }
    BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
    return Optional.of(
        Instant.ofEpochSecond(
            whole.longValueExact(), seconds.subtract(whole).multiply(NANOS).longValue()));
  }

  /** To be read alone: it is that of every token with the same header. */
  public ObjectNode header() {
    return head.json();
  }

  public JWSHeader parsed() {
    return head.parsed();
  }

  public ObjectNode payload() {
    return payload;
  }

  public byte[] signed() {
    return signed;
  }

  public Base64URL signature() {
    return signature;
  }
}
