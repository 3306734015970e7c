package dev.cofferdam.server.identity.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.cofferdam.protocol.crypto.Opening;
import dev.cofferdam.protocol.crypto.SecretAccess;
import dev.cofferdam.protocol.crypto.SecretBytes;
import dev.cofferdam.server.identity.ProviderId;
import dev.cofferdam.server.keyring.ColumnCipher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.ParseException;
import java.util.Arrays;

/** What this server proves itself by, sealed under the column key of the tenant that is bound. */
final class SealedCredentials {
  private static final SecretAccess ACCESS = SecretAccess.issue();
  private static final long NEVER_CHANGED = 1;

  private final ColumnCipher cipher;

  SealedCredentials(ColumnCipher cipher) {
    this.cipher = cipher;
  }

  byte[] seal(ProviderId id, String text) {
    byte[] plain = text.getBytes(UTF_8);
    try {
      return cipher.seal(cell(id), plain);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /** A new key, of which nobody but this server ever has the private half. */
  byte[] sealNewKey(ProviderId id) {
    try {
      return seal(id, new ECKeyGenerator(Curve.P_256).generate().toJSONString());
    } catch (JOSEException e) {
      throw new IllegalStateException("a P-256 key can be made", e);
    }
  }

  /**
   * Opens it.
   *
   * @throws UncheckedIOException when its key is gone
   */
  String open(ProviderId id, byte[] sealed) {
    return switch (cipher.open(cell(id), sealed)) {
      case Opening.Opened opened -> {
        try (SecretBytes plain = opened.plaintext()) {
          yield plain.lend(ACCESS, bytes -> new String(bytes, UTF_8));
        }
      }
      case Opening.Refused refused ->
          throw new UncheckedIOException(
              new IOException("the credential of a tenant's provider cannot be opened any more"));
    };
  }

  ECKey openKey(ProviderId id, byte[] sealed) {
    try {
      return ECKey.parse(open(id, sealed));
    } catch (ParseException e) {
      throw new IllegalStateException("what was sealed is a key");
    }
  }

  private static ColumnCipher.Cell cell(ProviderId id) {
    return new ColumnCipher.Cell("identity.provider.credential_sealed", id.value(), NEVER_CHANGED);
  }
}
