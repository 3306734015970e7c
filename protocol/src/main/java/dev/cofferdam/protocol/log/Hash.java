package dev.cofferdam.protocol.log;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** A SHA-256 hash of a leaf or a node. Immutable. */
public final class Hash {
  /** The length of a hash in bytes. */
  public static final int LENGTH = 32;

  private final byte[] bytes;

  private Hash(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a hash has 32 bytes, not " + bytes.length);
    }
    this.bytes = bytes;
  }

  /** A hash with these 32 bytes. */
  public static Hash of(byte[] bytes) {
    return new Hash(bytes.clone());
  }

  /** The hash at {@code offset} of {@code bytes}. */
  public static Hash at(byte[] bytes, int offset) {
    return new Hash(Arrays.copyOfRange(bytes, offset, offset + LENGTH));
  }

  /** Takes the array over: for callers inside this package that have just made it. */
  static Hash owning(byte[] bytes) {
    return new Hash(bytes);
  }

  /** A copy of the 32 bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Writes the 32 bytes to {@code target} at {@code offset}. */
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, LENGTH);
  }

  /** The hash in standard Base64, as checkpoints have it. */
  public String base64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Whether the 32 bytes at {@code offset} of {@code others} are this hash. */
  public boolean equalsAt(byte[] others, int offset) {
    return Arrays.equals(bytes, 0, LENGTH, others, offset, offset + LENGTH);
  }

  byte[] shared() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
