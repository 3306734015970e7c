package dev.cofferdam.protocol.crypto;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.util.Arrays;
import org.conscrypt.HpkeContextRecipient;
import org.conscrypt.HpkeContextSender;
import org.conscrypt.HpkeSuite;

/** HPKE as BoringSSL does it. */
final class ConscryptHpke implements Hpke {
  private final Provider conscrypt;
  private final CryptoProvider keys;

  ConscryptHpke(Provider conscrypt, CryptoProvider keys) {
    this.conscrypt = conscrypt;
    this.keys = keys;
  }

  private static String name(Kem kem) {
    int id =
        switch (kem) {
          case X25519 -> HpkeSuite.KEM_DHKEM_X25519_HKDF_SHA256;
          case X_WING -> HpkeSuite.KEM_XWING;
        };
    return new HpkeSuite(id, HpkeSuite.KDF_HKDF_SHA256, HpkeSuite.AEAD_AES_256_GCM).name();
  }

  @Override
  public boolean offers(Kem kem) {
    return true;
  }

  @Override
  public byte[] seal(ReceivingKey recipient, byte[] info, byte[] aad, byte[] plaintext) {
    Kem kem = recipient.kem();
    try {
      HpkeContextSender sender = HpkeContextSender.getInstance(name(kem), conscrypt);
      sender.init(publicKey(recipient), info);
      return Hpke.join(kem, sender.getEncapsulated(), sender.seal(plaintext, aad));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Conscrypt cannot seal to a key that was checked", e);
    }
  }

  @Override
  public Opening open(Kem kem, SecretBytes recipient, byte[] info, byte[] aad, byte[] sealed) {
    if (!Hpke.isWellFormed(kem, sealed)) {
      return new Opening.Refused();
    }
    return recipient.lend(Internal.ACCESS, raw -> opened(kem, raw, info, aad, sealed));
  }

  private Opening opened(Kem kem, byte[] raw, byte[] info, byte[] aad, byte[] sealed) {
    byte[] pkcs8 =
        switch (kem) {
          case X25519 -> X25519Keys.pkcs8(raw);
          case X_WING -> XWingKeys.pkcs8(raw);
        };
    try {
      HpkeContextRecipient context = HpkeContextRecipient.getInstance(name(kem), conscrypt);
      context.init(Hpke.encapsulated(kem, sealed), privateKey(kem, pkcs8), info);
      byte[] plaintext = context.open(Hpke.ciphertext(kem, sealed), aad);
      return new Opening.Opened(SecretBytes.takenFrom(plaintext));
    } catch (GeneralSecurityException | IllegalArgumentException | IllegalStateException e) {
      // An encapsulated key of small order fails in init, anything altered in open.
      return new Opening.Refused();
    } finally {
      Arrays.fill(pkcs8, (byte) 0);
    }
  }

  private PublicKey publicKey(ReceivingKey recipient) throws GeneralSecurityException {
    return switch (recipient.kem()) {
      case X25519 -> keys.publicKey(KeyAlgorithm.X25519, X25519Keys.spki(recipient.bytes()));
      case X_WING -> keys.publicKey(KeyAlgorithm.X_WING, XWingKeys.spki(recipient.bytes()));
    };
  }

  private PrivateKey privateKey(Kem kem, byte[] pkcs8) throws GeneralSecurityException {
    return switch (kem) {
      case X25519 -> keys.privateKey(KeyAlgorithm.X25519, pkcs8);
      case X_WING -> keys.privateKey(KeyAlgorithm.X_WING, pkcs8);
    };
  }
}
