package dev.cofferdam.server.nodes;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import dev.cofferdam.protocol.crypto.ReceivingKey;
import dev.cofferdam.protocol.jose.NodeStatement;
import dev.cofferdam.protocol.jose.PublicJwk;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a node signed of itself ({@link NodeStatement}). What it says is text until {@link
 * #isSigned}; nothing costly is done before it is asked.
 */
final class Statement {
  /** How far its time may be from ours: the clock of a machine that just started may be off. */
  static final Duration LEEWAY = Duration.ofMinutes(5);

  private static final int LONGEST = 4096;
  private static final JOSEObjectType TYPE = new JOSEObjectType(NodeStatement.TYPE);
  private static final Set<String> COMMON =
      Set.of(NodeStatement.AUDIENCE, NodeStatement.MADE_AT, NodeStatement.RECEIVING_KEY);
  private static final int COORDINATE = 32;

  private final JWSObject signed;
  private final ECKey key;
  private final Map<String, String> texts;
  private final Instant madeAt;
  private final Map<?, ?> receiving;

  private Statement(
      JWSObject signed, ECKey key, Map<String, String> texts, Instant madeAt, Map<?, ?> receiving) {
    this.signed = signed;
    this.key = key;
    this.texts = texts;
    this.madeAt = madeAt;
    this.receiving = receiving;
  }

  /**
   * Reads one; empty when it has not the form of one.
   *
   * @param own the claims that it has beside audience, time and receiving key
   */
  static Optional<Statement> ofText(String text, Set<String> own) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      JWSObject signed = JWSObject.parse(text);
      JWSHeader header = signed.getHeader();
      return TYPE.equals(header.getType())
              && JWSAlgorithm.ES256.equals(header.getAlgorithm())
              && header.getIncludedParams().equals(Set.of("alg", "typ", "jwk"))
              && header.getJWK() instanceof ECKey key
              && Curve.P_256.equals(key.getCurve())
              && !key.isPrivate()
          ? of(signed, key, own)
          : Optional.empty();
    } catch (ParseException | IllegalArgumentException | IllegalStateException e) {
      return Optional.empty();
    }
  }

  private static Optional<Statement> of(JWSObject signed, ECKey key, Set<String> own) {
    Map<String, Object> claims = signed.getPayload().toJSONObject();
    Set<String> wanted = new HashSet<>(COMMON);
    wanted.addAll(own);
    if (claims == null
        || !claims.keySet().equals(wanted)
        || !(claims.get(NodeStatement.MADE_AT) instanceof Long seconds)
        || !(claims.get(NodeStatement.RECEIVING_KEY) instanceof Map<?, ?> receiving)) {
      return Optional.empty();
    }
    Map<String, String> texts = new HashMap<>();
    wanted.remove(NodeStatement.MADE_AT);
    wanted.remove(NodeStatement.RECEIVING_KEY);
    for (String name : wanted) {
      if (!(claims.get(name) instanceof String value)) {
        return Optional.empty();
      }
      texts.put(name, value);
    }
    return instant(seconds).map(at -> new Statement(signed, key, texts, at, receiving));
  }

  private static Optional<Instant> instant(long seconds) {
    return seconds >= 0 && seconds <= Integer.MAX_VALUE * 4L
        ? Optional.of(Instant.ofEpochSecond(seconds))
        : Optional.empty();
  }

  /** What it says of itself; one of the claims that it was read with. */
  String says(String claim) {
    return Objects.requireNonNull(texts.get(claim), claim);
  }

  /** Whether it is for this server, and was made about now. */
  boolean isFor(String origin, Instant now) {
    return origin.equals(says(NodeStatement.AUDIENCE))
        && !madeAt.isBefore(now.minus(LEEWAY))
        && !madeAt.isAfter(now.plus(LEEWAY));
  }

  /** Whether the key that it carries signed it. */
  boolean isSigned() {
    try {
      return signed.verify(new ECDSAVerifier(key));
    } catch (JOSEException | IllegalStateException e) {
      return false;
    }
  }

  /** The keys that it is about, if something can be sealed to the one. */
  Optional<NodeKeys> keys() {
    return receivingKey()
        .flatMap(text -> ReceivingKey.of(new Base64URL(text).decode()))
        // Its length says what kind of key it is, and so does the rest of it.
        .filter(good -> PublicJwk.ofReceiving(good.bytes()).members().equals(receiving))
        .map(good -> new NodeKeys(point(key), good.bytes()));
  }

  private Optional<String> receivingKey() {
    return Stream.of("x", "pub")
        .map(receiving::get)
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .findFirst();
  }

  private static byte[] point(ECKey key) {
    byte[] point = new byte[2 * COORDINATE];
    place(key.getX().decode(), point, COORDINATE);
    place(key.getY().decode(), point, 2 * COORDINATE);
    return point;
  }

  private static void place(byte[] coordinate, byte[] point, int end) {
    int length = Math.min(coordinate.length, COORDINATE);
    System.arraycopy(coordinate, coordinate.length - length, point, end - length, length);
  }
}
