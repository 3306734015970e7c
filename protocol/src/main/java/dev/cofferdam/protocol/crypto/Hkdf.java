package dev.cofferdam.protocol.crypto;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/** HKDF with SHA-256 (RFC 5869), from the JDK. */
public final class Hkdf {
  /** RFC 5869, section 2.3: 255 blocks of the hash. */
  static final int MOST = 255 * 32;

  private Hkdf() {}

  /**
   * Extracts with {@code salt} and expands with {@code info}, to {@code length} bytes that the
   * caller clears.
   *
   * @param length 1 to 8160
   */
  public static byte[] derive(byte[] secret, byte[] salt, byte[] info, int length) {
    return run(
        HKDFParameterSpec.ofExtract()
            .addIKM(new RawKey(secret, "HKDF-SHA256"))
            .addSalt(salt)
            .thenExpand(info, length));
  }

  /** The extracting half alone: a 32-byte pseudorandom key. */
  static byte[] extract(byte[] salt, byte[] secret) {
    return run(
        HKDFParameterSpec.ofExtract()
            .addIKM(new RawKey(secret, "HKDF-SHA256"))
            .addSalt(salt)
            .extractOnly());
  }

  /** The expanding half alone, of a 32-byte pseudorandom key. */
  static byte[] expand(byte[] prk, byte[] info, int length) {
    return run(HKDFParameterSpec.expandOnly(new RawKey(prk, "HKDF-SHA256"), info, length));
  }

  private static byte[] run(HKDFParameterSpec parameters) {
    try {
      return KDF.getInstance("HKDF-SHA256", "SunJCE").deriveData(parameters);
    } catch (InvalidAlgorithmParameterException e) {
      throw new IllegalArgumentException("HKDF gives 1 to " + MOST + " bytes", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK lacks HKDF-SHA256", e);
    }
  }
}
