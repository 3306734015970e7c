package dev.cofferdam.protocol.crypto;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Arrays;
import org.conscrypt.HpkeContextRecipient;
import org.conscrypt.HpkeContextSender;
import org.conscrypt.HpkeSuite;

/** HPKE as BoringSSL does it. */
final class ConscryptHpke implements Hpke {
  private static final String NAME =
      new HpkeSuite(
              HpkeSuite.KEM_DHKEM_X25519_HKDF_SHA256,
              HpkeSuite.KDF_HKDF_SHA256,
              HpkeSuite.AEAD_AES_256_GCM)
          .name();

  private final Provider conscrypt;
  private final CryptoProvider keys;

  ConscryptHpke(Provider conscrypt, CryptoProvider keys) {
    this.conscrypt = conscrypt;
    this.keys = keys;
  }

  @Override
  public byte[] seal(ReceivingKey recipient, byte[] info, byte[] aad, byte[] plaintext) {
    try {
      HpkeContextSender sender = HpkeContextSender.getInstance(NAME, conscrypt);
      sender.init(keys.publicKey(KeyAlgorithm.X25519, X25519Keys.spki(recipient.bytes())), info);
      return Hpke.join(sender.getEncapsulated(), sender.seal(plaintext, aad));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Conscrypt cannot seal to a key that was checked", e);
    }
  }

  @Override
  public Opening open(SecretBytes recipient, byte[] info, byte[] aad, byte[] sealed) {
    if (!Hpke.isWellFormed(sealed)) {
      return new Opening.Refused();
    }
    return recipient.lend(Internal.ACCESS, raw -> opened(raw, info, aad, sealed));
  }

  private Opening opened(byte[] raw, byte[] info, byte[] aad, byte[] sealed) {
    byte[] pkcs8 = X25519Keys.pkcs8(raw);
    try {
      HpkeContextRecipient context = HpkeContextRecipient.getInstance(NAME, conscrypt);
      context.init(Hpke.encapsulated(sealed), keys.privateKey(KeyAlgorithm.X25519, pkcs8), info);
      byte[] plaintext = context.open(Hpke.ciphertext(sealed), aad);
      return new Opening.Opened(SecretBytes.takenFrom(plaintext));
    } catch (GeneralSecurityException | IllegalArgumentException | IllegalStateException e) {
      // An encapsulated key of small order fails in init, anything altered in open.
      return new Opening.Refused();
    } finally {
      Arrays.fill(pkcs8, (byte) 0);
    }
  }
}
