package dev.cofferdam.review.seal;

import dev.cofferdam.protocol.log.Note;
import dev.cofferdam.review.signoff.AcceptanceRow;
import dev.cofferdam.review.signoff.Canonical;
import dev.cofferdam.review.signoff.SignOff;
import dev.cofferdam.review.signoff.Subject;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A sign-off and what stands behind it: {@code sign-off.json}.
 *
 * @param seal with empty texts where there is none yet
 */
public record Sealed(SignOff signOff, Seal seal) {
  private static final String NAME = SignOff.FORMAT + "\n";

  /**
   * What stands behind a sign-off.
   *
   * @param note the signed note whose text names the form and the document's digest
   * @param record of the platform's log that names the digest, as the log commits to it
   * @param receipt of that record, which proves when
   */
  public record Seal(String note, String record, String receipt) {
    /** Nobody stands behind it. */
    public static Seal none() {
      return new Seal("", "", "");
    }
  }

  /**
   * What a platform's log proves.
   *
   * @param record as the log commits to it
   * @param receipt of it
   */
  public record Proof(String record, String receipt) {}

  /** The same, with the proof of when it was there. */
  public Sealed provenBy(Proof proof) {
    return new Sealed(signOff, new Seal(seal.note(), proof.record(), proof.receipt()));
  }

  /** A document that nobody has signed. */
  public static Sealed unsigned(SignOff signOff) {
    return new Sealed(signOff, Seal.none());
  }

  /** The document, signed by {@code key}. */
  public static Sealed by(ReviewerKey key, SignOff signOff) {
    return new Sealed(signOff, new Seal(key.sign(text(signOff)).toString(), "", ""));
  }

  /**
   * The one in this JSON.
   *
   * @throws IllegalArgumentException when it is none, saying why
   */
  public static Sealed parse(String json) {
    return Canonical.read(Canonical.parse(json), Sealed.class);
  }

  /** SHA-256 in hex of the document's canonical encoding: what a record of a log names. */
  public String digest() {
    return HexFormat.of().formatHex(Canonical.digest(signOff));
  }

  /**
   * What a reviewer signs: the name of the form and the digest in hex, a line each; and what a
   * server compares itself with, which is not given the document.
   */
  static String text(SignOff signOff) {
    Subject subject = signOff.subject();
    return NAME
        + HexFormat.of().formatHex(Canonical.digest(signOff))
        + "\ntarget %s\nverdict %s\nuntil %s\ncode %s\nconfiguration %s\npolicies %s\nregister %s\n"
            .formatted(
                signOff.run().target(),
                signOff.run().verdict().word(),
                until(signOff),
                subject.code().digest(),
                subject.configuration().digest(),
                subject.policies().digest(),
                subject.register().digest());
  }

  /** The first day on which something is not answered for any more; a dash without one. */
  private static String until(SignOff signOff) {
    return signOff.acceptances().stream()
        .filter(AcceptanceRow::valid)
        .map(AcceptanceRow::expires)
        .min(Comparator.naturalOrder())
        .orElse("-");
  }

  /** The signature, if there is one. */
  Optional<Note> note() {
    return seal.note().isEmpty() ? Optional.empty() : Optional.of(Note.parse(seal.note()));
  }

  /** Who claims to have signed it; empty when nobody does. Only a check says whether it is so. */
  public String claimedSigner() {
    return note().map(note -> note.signatures().getFirst().name()).orElse("");
  }

  /** As JSON that people can read too. */
  public String json() {
    return Canonical.pretty(tree());
  }

  /** The same in as little room as it takes. */
  public String compact() {
    return new String(Canonical.bytes(tree()), StandardCharsets.UTF_8);
  }

  private JsonNode tree() {
    return Canonical.tree(this);
  }
}
