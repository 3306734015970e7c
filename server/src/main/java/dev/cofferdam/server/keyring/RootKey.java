package dev.cofferdam.server.keyring;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cofferdam.protocol.crypto.Hkdf;
import dev.cofferdam.protocol.crypto.SecretAccess;
import dev.cofferdam.protocol.crypto.SecretBytes;
import dev.cofferdam.server.tenancy.BindingKeys;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The one key from which, or under which, every other key of a platform stands. It is never used
 * itself, only derived from: HKDF-SHA256 with another info for every purpose and context, so that
 * no derived key tells of another.
 *
 * <p>Safe for use by several threads. Read before anything else starts, since the passwords of the
 * database roles are derived from it.
 */
public final class RootKey implements BindingKeys, AutoCloseable {
  /** The length of the root key and of everything derived from it, in bytes. */
  public static final int LENGTH = 32;

  private static final byte[] SALT = "cofferdam root key 1".getBytes(US_ASCII);
  private static final Pattern ROLE = Pattern.compile("cofferdam_[a-z]{1,20}");
  private static final SecretAccess ACCESS = SecretAccess.issue();

  private final SecretBytes secret;

  RootKey(SecretBytes secret) {
    this.secret = secret;
  }

  /**
   * Reads the root key, or makes one.
   *
   * @param ifAbsent {@code CREATE} only for the data directory of a platform that has no data yet:
   *     a new root key can open nothing that an old one has sealed
   * @throws KeyringRefusedException when there is none and it is not to be made, its file is not
   *     ours alone to read and write, does not hold a sound key, or cannot be unwrapped
   */
  public static RootKey open(RootKeySource source, IfAbsent ifAbsent) {
    return new RootKey(source.read(ifAbsent));
  }

  /** The same, of a file. */
  public static RootKey open(Path file, IfAbsent ifAbsent) {
    return open(new RootKeyFile(file), ifAbsent);
  }

  /** What to do when the file is not there. */
  public enum IfAbsent {
    CREATE,
    REFUSE
  }

  /**
   * The public fingerprint of this key: 16 hex digits, derived like a key of its own, so that it
   * says nothing of the others.
   */
  public String id() {
    return id(secret);
  }

  static String id(SecretBytes secret) {
    return HexFormat.of().formatHex(derived(secret, Derivation.FINGERPRINT, "", 8));
  }

  /** The key of {@code purpose} in {@code context}. */
  SecretBytes derive(Derivation purpose, String context) {
    return SecretBytes.takenFrom(derived(secret, purpose, context, LENGTH));
  }

  @Override
  public byte[] binding(int epoch) {
    if (epoch < 1 || epoch > 9999) {
      throw new IllegalArgumentException("an epoch is 1 to 9999, not `" + epoch + "`");
    }
    return derived(secret, Derivation.BINDING, Integer.toString(epoch), LENGTH);
  }

  /**
   * The password of a database role, 43 characters of base64url. Derived, so that it is stored
   * nowhere.
   *
   * @param role for example {@code cofferdam_app}
   */
  public String rolePassword(String role) {
    if (!ROLE.matcher(role).matches()) {
      throw new IllegalArgumentException("`" + role + "` is not a role of Cofferdam");
    }
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(derived(secret, Derivation.ROLE_PASSWORD, role, LENGTH));
  }

  /** Overwrites the key. What was derived from it stays usable. */
  @Override
  public void close() {
    secret.close();
  }

  @Override
  public String toString() {
    return "RootKey(" + id() + ")";
  }

  /**
   * INVARIANT: the info is unambiguous, because a purpose contains no slash and comes first; so two
   * purposes never share a key.
   */
  private static byte[] derived(
      SecretBytes secret, Derivation purpose, String context, int length) {
    byte[] info = ("cofferdam/1/" + purpose.label() + "/" + context).getBytes(US_ASCII);
    return secret.lend(ACCESS, key -> Hkdf.derive(key, SALT, info, length));
  }
}
