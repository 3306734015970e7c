package dev.cofferdam.protocol.log;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * That one key of a log takes over from another: the old key's signature over the new key. It
 * stands in the log's record of the rotation, and is good wherever it is found: whoever believes
 * the old key may believe the new one, and whoever had the old key can make one.
 *
 * @param log by its name in records: {@code platform}, or {@code tenant/} and an id
 * @param successor the 32 bytes of the new Ed25519 key
 * @param endorsement the old key's signature over {@link #text}
 */
public record Succession(String log, byte[] successor, byte[] endorsement) {
  /** The action of the record that holds one. */
  public static final String ACTION = "key.rotated";

  // What is signed has no number in its second line, as the text of a checkpoint has: no key can be
  // made to sign the one for the other.
  private static final String HEADER = "cofferdam/succession/v1";
  private static final String SUCCESSOR = "successor";
  private static final String ENDORSEMENT = "endorsement";

  public Succession {
    if (successor.length != NoteKey.PUBLIC_KEY || endorsement.length != NoteKey.SIGNATURE) {
      throw new IllegalArgumentException(
          "an Ed25519 key has 32 bytes and a signature 64, not %d and %d"
              .formatted(successor.length, endorsement.length));
    }
    successor = successor.clone();
    endorsement = endorsement.clone();
  }

  @Override
  public byte[] successor() {
    return successor.clone();
  }

  @Override
  public byte[] endorsement() {
    return endorsement.clone();
  }

  /** What the old key signs, in UTF-8. */
  public static byte[] text(String log, byte[] successor) {
    return "%s\n%s\n%s\n"
        .formatted(HEADER, log, Base64.getEncoder().encodeToString(successor))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The new key, when the old one is {@code previous}; empty when that did not hand over to it. */
  public Optional<NoteKey> from(NoteKey previous, NoteKey.Ed25519Verify verifier) {
    return previous.isSignature(text(log, successor), endorsement, verifier)
        ? Optional.of(NoteKey.of(previous.name(), NoteKey.Use.NOTE, successor))
        : Optional.empty();
  }

  /** As the details of a record of the log. */
  public Map<String, String> details() {
    Base64.Encoder encoder = Base64.getEncoder();
    return Map.of(
        SUCCESSOR, encoder.encodeToString(successor),
        ENDORSEMENT, encoder.encodeToString(endorsement));
  }

  /** The succession in the details of a record of {@code log}; empty when none, or none whole. */
  public static Optional<Succession> in(String log, Map<String, String> details) {
    String successor = details.get(SUCCESSOR);
    String endorsement = details.get(ENDORSEMENT);
    if (successor == null || endorsement == null) {
      return Optional.empty();
    }
    try {
      Base64.Decoder decoder = Base64.getDecoder();
      return Optional.of(
          new Succession(log, decoder.decode(successor), decoder.decode(endorsement)));
    } catch (IllegalArgumentException spoilt) {
      return Optional.empty();
    }
  }
}
