package dev.cofferdam.server.operations;

import dev.cofferdam.protocol.crypto.Ed25519;
import dev.cofferdam.protocol.log.Note;
import dev.cofferdam.protocol.log.NoteKey;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a reviewer has signed of a server, as far as a server can compare it (docs/adr/0096).
 *
 * @param digest of the sign-off
 * @param target what was attacked: {@code laboratory}, or the address of a deployment
 * @param verdict what the review came to, in a word
 * @param until the first day on which something is not answered for any more; empty when nothing
 *     has to be
 * @param code digest of the archives that were attacked
 * @param configuration digest of the settings that they had
 * @param policies digest of the policies
 * @param register digest of the threats that the review knew of
 */
public record SignedOff(
    String digest,
    String target,
    String verdict,
    Optional<LocalDate> until,
    String code,
    String configuration,
    String policies,
    String register) {
  private static final String FORM = "cofferdam-sign-off-4";
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  private static final List<String> NAMES =
      List.of("target ", "verdict ", "until ", "code ", "configuration ", "policies ", "register ");

  /**
   * The one in a signed note.
   *
   * @throws IllegalArgumentException when it is none, or {@code reviewer} has not signed it
   */
  static SignedOff of(String text, NoteKey reviewer) {
    Note note = Note.parse(text);
    requireSigned(note, reviewer);
    List<String> lines = note.text().lines().toList();
    if (lines.size() != NAMES.size() + 2 || !lines.getFirst().equals(FORM)) {
      throw new IllegalArgumentException("it is not of the form `" + FORM + "`");
    }
    return new SignedOff(
        digest(lines.get(1)),
        value(lines, 0),
        value(lines, 1),
        day(value(lines, 2)),
        digest(value(lines, 3)),
        digest(value(lines, 4)),
        digest(value(lines, 5)),
        digest(value(lines, 6)));
  }

  private static void requireSigned(Note note, NoteKey reviewer) {
    if (!(reviewer.check(note, Ed25519::verify) instanceof NoteKey.Check.Signed)) {
      throw new IllegalArgumentException("`" + reviewer.name() + "` has not signed it");
    }
  }

  private static String value(List<String> lines, int which) {
    String line = lines.get(which + 2);
    String name = NAMES.get(which);
    if (!line.startsWith(name)) {
      throw new IllegalArgumentException("`" + name.strip() + "` is missing");
    }
    return line.substring(name.length());
  }

  private static String digest(String text) {
    if (!DIGEST.matcher(text).matches()) {
      throw new IllegalArgumentException("`" + text + "` is no digest");
    }
    return text;
  }

  private static Optional<LocalDate> day(String text) {
    try {
      return text.equals("-") ? Optional.empty() : Optional.of(LocalDate.parse(text));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("`" + text + "` is no day", e);
    }
  }

  /** Whether it is of a server that a review made for itself, with settings of its own. */
  boolean isOfLaboratory() {
    return target.equals("laboratory");
  }
}
