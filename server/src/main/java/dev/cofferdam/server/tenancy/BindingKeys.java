package dev.cofferdam.server.tenancy;

/**
 * Where tenancy gets the keys of capabilities from: derived, so that every server of one platform
 * derives the same.
 */
public interface BindingKeys {
  /**
   * The 32-byte HMAC key of {@code epoch}, in an array that the caller clears.
   *
   * @param epoch 1 to 9999
   */
  byte[] binding(int epoch);
}
