package dev.cofferdam.protocol.crypto;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-256-GCM from the JDK, with a random nonce of 96 bits before the ciphertext.
 *
 * <p>Random nonces bound one key to 2³² messages (NIST SP 800-38D, section 8.3); whoever holds keys
 * that could come near it rotates them.
 */
public final class Aead {
  /** The length of a key in bytes. */
  public static final int KEY_LENGTH = 32;

  static final int NONCE_LENGTH = 12;
  static final int TAG_LENGTH = 16;

  private static final SecureRandom RANDOM = new SecureRandom();

  private Aead() {}

  /** Encrypts {@code plaintext}, which the caller clears, to nonce, ciphertext and tag. */
  public static byte[] seal(SecretBytes key, SecretAccess access, byte[] aad, byte[] plaintext) {
    byte[] nonce = new byte[NONCE_LENGTH];
    RANDOM.nextBytes(nonce);
    byte[] ciphertext = key.lend(access, bytes -> encrypt(bytes, nonce, aad, plaintext));
    byte[] sealed = Arrays.copyOf(nonce, NONCE_LENGTH + ciphertext.length);
    System.arraycopy(ciphertext, 0, sealed, NONCE_LENGTH, ciphertext.length);
    return sealed;
  }

  /** Decrypts what {@link #seal} made with the same key and {@code aad}. */
  public static Opening open(SecretBytes key, SecretAccess access, byte[] aad, byte[] sealed) {
    if (sealed.length < NONCE_LENGTH + TAG_LENGTH) {
      return new Opening.Refused();
    }
    byte[] nonce = Arrays.copyOf(sealed, NONCE_LENGTH);
    byte[] ciphertext = Arrays.copyOfRange(sealed, NONCE_LENGTH, sealed.length);
    return key.lend(access, bytes -> decrypt(bytes, nonce, aad, ciphertext));
  }

  static byte[] encrypt(byte[] key, byte[] nonce, byte[] aad, byte[] plaintext) {
    try {
      return cipher(Cipher.ENCRYPT_MODE, key, nonce, aad).doFinal(plaintext);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK lacks AES-GCM", e);
    }
  }

  static Opening decrypt(byte[] key, byte[] nonce, byte[] aad, byte[] ciphertext) {
    try {
      byte[] plaintext = cipher(Cipher.DECRYPT_MODE, key, nonce, aad).doFinal(ciphertext);
      return new Opening.Opened(SecretBytes.takenFrom(plaintext));
    } catch (AEADBadTagException e) {
      return new Opening.Refused();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK lacks AES-GCM", e);
    }
  }

  private static Cipher cipher(int mode, byte[] key, byte[] nonce, byte[] aad)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");
    cipher.init(mode, new RawKey(key, "AES"), new GCMParameterSpec(TAG_LENGTH * 8, nonce));
    cipher.updateAAD(aad);
    return cipher;
  }
}
