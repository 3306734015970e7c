package dev.cofferdam.review;

import dev.cofferdam.protocol.log.NoteKey;
import dev.cofferdam.review.seal.ReviewerKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The public keys that a command line names. */
final class Keys {
  private Keys() {}

  /** The key in {@code given}, or in the file that it names; none when it is empty. */
  static Optional<NoteKey> named(String given) throws IOException {
    if (given.isEmpty()) {
      return Optional.empty();
    }
    String text = given.contains("+") ? given : Files.readString(Path.of(given)).strip();
    try {
      return Optional.of(NoteKey.parse(text));
    } catch (IllegalArgumentException none) {
      throw new IOException(none.getMessage() + ": `./cofferdam review key` prints one.", none);
    }
  }

  /** The key of the reviewer that is named; else one's own, where there is one. */
  static Optional<NoteKey> reviewer(String given) throws IOException {
    Optional<NoteKey> named = named(given);
    return named.isPresent() || !Files.exists(ReviewerKey.usual())
        ? named
        : Optional.of(ReviewerKey.open(ReviewerKey.usual()).published());
  }
}
