package dev.cofferdam.protocol.log;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hashing of RFC 9162 section 2.1.1, with SHA-256. */
public final class Merkle {
  /** The root of the tree without leaves: the hash of nothing. */
  public static final Hash EMPTY_ROOT = Hash.owning(sha256().digest());

  private static final byte LEAF_PREFIX = 0;
  private static final byte NODE_PREFIX = 1;

  private Merkle() {}

  /** The hash of a leaf with this content. */
  public static Hash leaf(byte[] content) {
    MessageDigest digest = sha256();
    digest.update(LEAF_PREFIX);
    return Hash.owning(digest.digest(content));
  }

  /** The hash of the node above {@code left} and {@code right}. */
  public static Hash node(Hash left, Hash right) {
    MessageDigest digest = sha256();
    digest.update(NODE_PREFIX);
    digest.update(left.shared());
    return Hash.owning(digest.digest(right.shared()));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
