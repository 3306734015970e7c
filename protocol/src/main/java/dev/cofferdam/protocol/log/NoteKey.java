package dev.cofferdam.protocol.log;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The public half of a key that signs notes: {@code name+id+key} in C2SP signed-note's encoding.
 * The id in the text is checked against name and key, so that a mistyped key is refused and not
 * just never matched.
 */
public final class NoteKey {
  private static final Pattern TEXT =
      Pattern.compile("([^\\s+]+)\\+([0-9a-f]{8})\\+([A-Za-z0-9+/]+={0,2})");
  static final int PUBLIC_KEY = 32;
  static final int SIGNATURE = 64;

  private final String name;
  private final Use use;
  private final byte[] publicKey;

  private NoteKey(String name, Use use, byte[] publicKey) {
    if (name.isEmpty() || name.chars().anyMatch(unit -> unit <= ' ' || unit == '+')) {
      throw new IllegalArgumentException("`" + name + "` cannot be the name of a key");
    }
    if (publicKey.length != PUBLIC_KEY) {
      throw new IllegalArgumentException("an Ed25519 key has 32 bytes, not " + publicKey.length);
    }
    this.name = name;
    this.use = use;
    this.publicKey = publicKey;
  }

  /** What a key signs: the algorithm byte of its encoding. */
  public enum Use {
    /** The text of a note, with Ed25519. */
    NOTE(1),
    /** That a witness saw a checkpoint at a time: C2SP tlog-cosignature, with Ed25519. */
    COSIGNATURE(4);

    private final int algorithm;

    Use(int algorithm) {
      this.algorithm = algorithm;
    }
  }

  /** Verifies Ed25519 (RFC 8032). */
  @FunctionalInterface
  public interface Ed25519Verify {
    /**
     * Whether {@code signature} (64 bytes) over {@code message} is by the owner of {@code
     * publicKey} (32 bytes).
     */
    boolean verify(byte[] publicKey, byte[] message, byte[] signature);
  }

  /** Signs with the Ed25519 key that belongs to a note key; gives 64 bytes. */
  @FunctionalInterface
  public interface Ed25519Sign {
    byte[] sign(byte[] message);
  }

  /** What a note says about a key. */
  public sealed interface Check {
    /** Signed by it. */
    record Signed() implements Check {}

    /** Seen by it at this time, in whole seconds. */
    record Cosigned(Instant at) implements Check {}

    /** No signature claims to be by it. */
    record Absent() implements Check {}

    /** A signature claims to be by it and is not. */
    record Forged() implements Check {}
  }

  /** The key called {@code name} whose public half has these 32 bytes. */
  public static NoteKey of(String name, Use use, byte[] publicKey) {
    return new NoteKey(name, use, publicKey.clone());
  }

  /**
   * The key with this encoding.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static NoteKey parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (matcher.matches()) {
      byte[] key = Base64.getDecoder().decode(matcher.group(3));
      for (Use use : Use.values()) {
        if (key.length == PUBLIC_KEY + 1 && key[0] == use.algorithm) {
          NoteKey parsed =
              new NoteKey(matcher.group(1), use, Arrays.copyOfRange(key, 1, key.length));
          if (parsed.toString().equals(text)) {
            return parsed;
          }
        }
      }
    }
    throw new IllegalArgumentException("`" + text + "` is not the public key of a note");
  }

  /** The name under which this key signs. */
  public String name() {
    return name;
  }

  /** A signature by this key over the text of a note. */
  public Note.Signature sign(String text, Ed25519Sign signer) {
    if (use != Use.NOTE) {
      throw new IllegalStateException("`" + name + "` only cosigns");
    }
    return signature(signer.sign(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * A cosignature by this key: that it saw {@code note} at {@code time}, of which whole seconds are
   * kept.
   */
  public Note.Signature cosign(Note note, Instant time, Ed25519Sign signer) {
    if (use != Use.COSIGNATURE) {
      throw new IllegalStateException("`" + name + "` does not cosign");
    }
    byte[] signature = signer.sign(cosigned(note, time.getEpochSecond()));
    return signature(
        ByteBuffer.allocate(Long.BYTES + SIGNATURE)
            .putLong(time.getEpochSecond())
            .put(signature)
            .array());
  }

  /**
   * What {@code note} says about this key. One good signature suffices; one bad one beside it does
   * not harm.
   */
  public Check check(Note note, Ed25519Verify verifier) {
    Check worst = new Check.Absent();
    for (Note.Signature signature : note.signatures()) {
      if (signature.name().equals(name) && Arrays.equals(signature.keyId(), id())) {
        Optional<Check> good = check(note, signature.body(), verifier);
        if (good.isPresent()) {
          return good.get();
        }
        worst = new Check.Forged();
      }
    }
    return worst;
  }

  private Optional<Check> check(Note note, byte[] body, Ed25519Verify verifier) {
    return switch (use) {
      case NOTE ->
          body.length == SIGNATURE && verifier.verify(publicKey.clone(), note.signed(), body)
              ? Optional.of(new Check.Signed())
              : Optional.empty();
      case COSIGNATURE -> {
        if (body.length != Long.BYTES + SIGNATURE) {
          yield Optional.empty();
        }
        long time = ByteBuffer.wrap(body).getLong();
        byte[] signature = Arrays.copyOfRange(body, Long.BYTES, body.length);
        yield time >= 0
                && time <= Instant.MAX.getEpochSecond()
                && verifier.verify(publicKey.clone(), cosigned(note, time), signature)
            ? Optional.of(new Check.Cosigned(Instant.ofEpochSecond(time)))
            : Optional.empty();
      }
    };
  }

  /** Whether this key, which signs notes, has signed {@code message} that is none. */
  boolean isSignature(byte[] message, byte[] signature, Ed25519Verify verifier) {
    return use == Use.NOTE && verifier.verify(publicKey.clone(), message, signature);
  }

  private static byte[] cosigned(Note note, long time) {
    String header = "cosignature/v1\ntime " + time + "\n";
    return (header + note.text()).getBytes(StandardCharsets.UTF_8);
  }

  private Note.Signature signature(byte[] body) {
    var content = new ByteArrayOutputStream();
    content.writeBytes(id());
    content.writeBytes(body);
    return new Note.Signature(name, content.toByteArray());
  }

  private byte[] id() {
    MessageDigest digest = Merkle.sha256();
    digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
    return Arrays.copyOf(digest.digest(encoded()), 4);
  }

  private byte[] encoded() {
    return ByteBuffer.allocate(1 + PUBLIC_KEY).put((byte) use.algorithm).put(publicKey).array();
  }

  /** The encoding, which {@link #parse} reads. */
  @Override
  public String toString() {
    return name
        + "+"
        + HexFormat.of().formatHex(id())
        + "+"
        + Base64.getEncoder().encodeToString(encoded());
  }
}
