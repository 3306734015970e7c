package dev.cofferdam.protocol.crypto;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Function;
import javax.crypto.DecapsulateException;
import javax.crypto.KEM;
import javax.crypto.SecretKey;

/** HPKE from the JDK's DHKEM, HKDF and AES-GCM; the key schedule between them is ours. */
final class JdkHpke implements Hpke {
  private static final HpkeKeySchedule SCHEDULE = HpkeKeySchedule.of(Kem.X25519);

  private final SecureRandom random;

  JdkHpke() {
    this(new SecureRandom());
  }

  /** With the source of the ephemeral key, so that published vectors can be replayed. */
  JdkHpke(SecureRandom random) {
    this.random = random;
  }

  @Override
  public boolean offers(Kem kem) {
    return kem == Kem.X25519;
  }

  @Override
  public byte[] seal(ReceivingKey recipient, byte[] info, byte[] aad, byte[] plaintext) {
    if (!offers(recipient.kem())) {
      throw new IllegalArgumentException("the JDK seals to no key of " + recipient.kem());
    }
    try {
      PublicKey key =
          CryptoProvider.jdk().publicKey(KeyAlgorithm.X25519, X25519Keys.spki(recipient.bytes()));
      KEM.Encapsulated encapsulated = kem().newEncapsulator(key, null, random).encapsulate();
      return withKeys(
          encapsulated.key(),
          info,
          keys ->
              Hpke.join(
                  Kem.X25519,
                  encapsulated.encapsulation(),
                  Aead.encrypt(keys.key(), keys.nonce(), aad, plaintext)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK cannot seal to a key that was checked", e);
    }
  }

  @Override
  public Opening open(Kem kem, SecretBytes recipient, byte[] info, byte[] aad, byte[] sealed) {
    if (!offers(kem) || !Hpke.isWellFormed(kem, sealed)) {
      return new Opening.Refused();
    }
    return recipient.lend(Internal.ACCESS, raw -> opened(raw, info, aad, sealed));
  }

  private static Opening opened(byte[] raw, byte[] info, byte[] aad, byte[] sealed) {
    byte[] pkcs8 = X25519Keys.pkcs8(raw);
    try {
      PrivateKey key = CryptoProvider.jdk().privateKey(KeyAlgorithm.X25519, pkcs8);
      SecretKey shared =
          kem().newDecapsulator(key).decapsulate(Hpke.encapsulated(Kem.X25519, sealed));
      return withKeys(
          shared,
          info,
          keys -> Aead.decrypt(keys.key(), keys.nonce(), aad, Hpke.ciphertext(Kem.X25519, sealed)));
    } catch (DecapsulateException | InvalidKeyException e) {
      return new Opening.Refused();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK lacks DHKEM", e);
    } finally {
      Arrays.fill(pkcs8, (byte) 0);
    }
  }

  private static <T> T withKeys(
      SecretKey shared, byte[] info, Function<HpkeKeySchedule.Keys, T> use) {
    byte[] secret = shared.getEncoded();
    try (HpkeKeySchedule.Keys keys = SCHEDULE.base(secret, info)) {
      return use.apply(keys);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private static KEM kem() throws GeneralSecurityException {
    return KEM.getInstance("DHKEM", "SunJCE");
  }
}
