package dev.cofferdam.protocol.crypto;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.util.Arrays;
import javax.crypto.SecretKey;

/**
 * Key bytes in the form that the JDK's ciphers take, for the length of one call. Unlike {@code
 * SecretKeySpec} it keeps no copy of its own, so that clearing the caller's array clears it.
 */
final class RawKey implements SecretKey {
  private static final long serialVersionUID = 1L;

  private final transient byte[] bytes;
  private final String algorithm;

  RawKey(byte[] bytes, String algorithm) {
    this.algorithm = algorithm;
    this.bytes = bytes;
  }

  @Override
  public String getAlgorithm() {
    return algorithm;
  }

  @Override
  public String getFormat() {
    return "RAW";
  }

  @Override
  public byte[] getEncoded() {
    return Arrays.copyOf(bytes, bytes.length);
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("a key is never serialised");
  }
}
