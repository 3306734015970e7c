package dev.cofferdam.server.identity.oidc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Keys of an issuer and of whoever would like to be it, and signatures by them: also wrong ones.
 */
final class TokenKeys {
  private static @Nullable TokenKeys issuers;

  private final ECKey e;
  private final ECKey e384;
  private final RSAKey r;
  private final RSAKey small;
  private final RSAKey encryption;
  private final ECKey other;
  private final ECKey absent;
  private final OctetSequenceKey octets;

  /** The same for every test: making them takes a while. */
  static TokenKeys ofTheIssuer() throws JOSEException, GeneralSecurityException {
    synchronized (TokenKeys.class) {
      if (issuers == null) {
        issuers = new TokenKeys();
      }
      return issuers;
    }
  }

  TokenKeys() throws JOSEException, GeneralSecurityException {
    e = new ECKeyGenerator(Curve.P_256).keyID("e").generate();
    e384 = new ECKeyGenerator(Curve.P_384).keyID("e384").generate();
    r = new RSAKeyGenerator(2048).keyID("r").generate();
    KeyPairGenerator weak = KeyPairGenerator.getInstance("RSA");
    weak.initialize(1024);
    var pair = weak.generateKeyPair();
    small =
        new RSAKey.Builder((RSAPublicKey) pair.getPublic())
            .privateKey(pair.getPrivate())
            .keyID("small")
            .build();
    encryption =
        new RSAKey.Builder(r.toRSAPublicKey()).keyID("enc").keyUse(KeyUse.ENCRYPTION).build();
    other = new ECKeyGenerator(Curve.P_256).keyID("e").generate();
    absent = new ECKeyGenerator(Curve.P_256).keyID("absent").generate();
    octets = new OctetSequenceKeyGenerator(256).keyID("oct").generate();
  }

  /** The key set as it is published, with what has no place in one. */
  String published() {
    ECKey twice = new ECKey.Builder(e).keyID("twice").build();
    ECKey again = new ECKey.Builder(other).keyID("twice").build();
    return Stream.<JWK>of(e, e384, r, small, encryption, twice, again)
        .map(key -> key.toPublicJWK().toJSONString())
        .collect(
            Collectors.joining(
                ",",
                "{\"keys\":[{\"kty\":\"unknown\",\"kid\":\"u\"}," + octets.toJSONString() + ",",
                "]}"));
  }

  /** A key as a token would bring it along. */
  Map<String, Object> embedded(String name) {
    return (name.equals("other") ? other : absent).toPublicJWK().toJSONObject();
  }

  /** The text of the RSA key that everybody has, which is no secret to make an HMAC by. */
  private byte[] publicText() throws JOSEException {
    return r.toRSAPublicKey().getEncoded();
  }

  Base64URL sign(String by, JWSAlgorithm algorithm, String content) throws Exception {
    byte[] bytes = content.getBytes(US_ASCII);
    return switch (by) {
      case "nobody" -> new Base64URL("");
      case "public" -> {
        Mac mac = Mac.getInstance("HmacSHA" + algorithm.getName().substring(2));
        mac.init(new SecretKeySpec(publicText(), "HMAC"));
        yield Base64URL.encode(mac.doFinal(bytes));
      }
      case "r" -> rsa(algorithm, r.toPrivateKey(), bytes);
      case "small" -> rsa(algorithm, small.toPrivateKey(), bytes);
      case "broken" -> {
        byte[] signature = elliptic(256, e, bytes).decode();
        signature[10] ^= 1;
        yield Base64URL.encode(signature);
      }
      case "e" -> elliptic(256, e, bytes);
      case "e384" -> elliptic(384, e384, bytes);
      case "other" -> elliptic(256, other, bytes);
      case "absent" -> elliptic(256, absent, bytes);
      default -> throw new IllegalArgumentException("nobody is called `" + by + "`");
    };
  }

  private static Base64URL elliptic(int bits, ECKey key, byte[] bytes) throws Exception {
    Signature signer = Signature.getInstance("SHA" + bits + "withECDSAinP1363Format");
    signer.initSign(key.toECPrivateKey());
    signer.update(bytes);
    return Base64URL.encode(signer.sign());
  }

  private static Base64URL rsa(JWSAlgorithm algorithm, PrivateKey key, byte[] bytes)
      throws Exception {
    boolean pss =
        JWSAlgorithm.Family.RSA.contains(algorithm) && algorithm.getName().startsWith("PS");
    String hash = algorithm.getName().substring(2);
    Signature signer = Signature.getInstance(pss ? "RSASSA-PSS" : "SHA" + hash + "withRSA");
    if (pss) {
      signer.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
    }
    signer.initSign(key);
    signer.update(bytes);
    return Base64URL.encode(signer.sign());
  }
}
