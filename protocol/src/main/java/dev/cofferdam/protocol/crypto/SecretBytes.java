package dev.cofferdam.protocol.crypto;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Cleaner;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Secret bytes, held outside the Java heap: a heap dump does not contain them, and the collector
 * leaves no copies behind when it moves things. The bytes come out only against a {@link
 * SecretAccess}, as a copy that lives as long as the code that was lent it.
 *
 * <p>Safe for use by several threads. Closing overwrites the bytes; a secret that nobody closes is
 * overwritten when it becomes unreachable. A dump of the whole process still contains the bytes of
 * every open secret.
 */
public final class SecretBytes implements AutoCloseable {
  private static final Cleaner FORGOTTEN = Cleaner.create();

  private final Cell cell;

  private SecretBytes(byte[] bytes) {
    cell = new Cell(bytes);
    FORGOTTEN.register(this, cell);
  }

  /** Takes over {@code bytes}: the array is cleared before this returns. */
  public static SecretBytes takenFrom(byte[] bytes) {
    try {
      return new SecretBytes(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** {@code length} fresh random bytes. */
  public static SecretBytes random(int length, SecureRandom random) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return takenFrom(bytes);
  }

  /** The number of bytes, which is not secret. */
  public int length() {
    return cell.length;
  }

  /**
   * Lends a copy of the bytes to {@code use} and clears it when that returns.
   *
   * @throws IllegalStateException after {@link #close}
   */
  public <T extends @Nullable Object, X extends Exception> T lend(
      SecretAccess access, Use<T, X> use) throws X {
    Objects.requireNonNull(access, "access");
    byte[] copy = cell.copy();
    try {
      return use.with(copy);
    } finally {
      Arrays.fill(copy, (byte) 0);
    }
  }

  /** Whether {@code candidate} holds the same bytes, in a time that depends on the lengths only. */
  public boolean matches(byte[] candidate) {
    byte[] copy = cell.copy();
    try {
      return MessageDigest.isEqual(copy, candidate);
    } finally {
      Arrays.fill(copy, (byte) 0);
    }
  }

  /** Whether both hold the same bytes, in a time that depends on the lengths only. */
  public boolean matches(SecretBytes other) {
    byte[] copy = other.cell.copy();
    try {
      return matches(copy);
    } finally {
      Arrays.fill(copy, (byte) 0);
    }
  }

  /** Overwrites the bytes. Further calls do nothing. */
  @Override
  public void close() {
    cell.run();
  }

  /** Refused, so that no collection compares secrets: {@link #matches(SecretBytes)} does. */
  @Override
  public boolean equals(@Nullable Object other) {
    throw new UnsupportedOperationException("secrets are compared by matches");
  }

  /** Refused: a hash of a secret tells of it. */
  @Override
  public int hashCode() {
    throw new UnsupportedOperationException("secrets have no hash code");
  }

  @Override
  public String toString() {
    return "SecretBytes(" + cell.length + " bytes)";
  }

  /** What is done with the bytes while they are lent; must not keep the array. */
  @FunctionalInterface
  public interface Use<T extends @Nullable Object, X extends Exception> {
    T with(byte[] bytes) throws X;
  }

  /** The memory, apart from its owner, so that a forgotten owner can still be cleaned up after. */
  private static final class Cell implements Runnable {
    private final MemorySegment memory;
    private final int length;
    private boolean closed;

    Cell(byte[] bytes) {
      length = bytes.length;
      memory = Arena.ofAuto().allocate(Math.max(1, length));
      MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, length);
    }

    /** Locked against {@link #run}: a copy must never be a half overwritten key. */
    synchronized byte[] copy() {
      if (closed) {
        throw new IllegalStateException("the secret is closed");
      }
      byte[] copy = new byte[length];
      MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, 0, copy, 0, length);
      return copy;
    }

    @Override
    public synchronized void run() {
      closed = true;
      memory.fill((byte) 0);
    }
  }
}
