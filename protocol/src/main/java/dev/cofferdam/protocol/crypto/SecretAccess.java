package dev.cofferdam.protocol.crypto;

/**
 * The right to see the bytes of a secret. Whoever holds one was given it by {@link #issue}, whose
 * callers are a list in a test: searching for that method finds every place where a secret can come
 * out.
 */
public final class SecretAccess {
  private static final SecretAccess ISSUED = new SecretAccess();

  private SecretAccess() {}

  /** Issues the right. A caller must stand in the list of {@code SecretsTest}. */
  public static SecretAccess issue() {
    return ISSUED;
  }
}
