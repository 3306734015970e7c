package dev.cofferdam.review.seal;

import dev.cofferdam.protocol.crypto.Ed25519;
import dev.cofferdam.protocol.log.Checkpoint;
import dev.cofferdam.protocol.log.Note;
import dev.cofferdam.protocol.log.NoteKey;
import dev.cofferdam.protocol.log.Receipt;
import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.protocol.record.Outcome;
import dev.cofferdam.review.signoff.AcceptanceRow;
import dev.cofferdam.review.signoff.Conclusion;
import dev.cofferdam.review.signoff.Drafting;
import dev.cofferdam.review.signoff.SignOff;
import dev.cofferdam.review.signoff.Subject;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at a sign-off as somebody who was not there, and trusts nothing in it but by a key. */
public final class Verification {
  /** The action of a record that proves when a sign-off was there, and the detail that names it. */
  static final String ACTION = "sign_off.record";

  static final String DIGEST = "digest";

  private static final String CONFIGURATION = "configuration";
  private static final int MOST_TOLD = 4;

  private final Trust trust;
  private final LocalDate today;
  private final List<Check> checks = new ArrayList<>();

  private Verification(Trust trust, LocalDate today) {
    this.trust = trust;
    this.today = today;
  }

  /**
   * What a verifier has from elsewhere.
   *
   * @param reviewer whose sign-off it is to be
   * @param log the key of the platform's log that is to prove when
   * @param present what is there now, to be compared with what was attacked
   * @param absent why there is nothing to compare with, where there is not
   */
  public record Trust(
      Optional<NoteKey> reviewer,
      Optional<NoteKey> log,
      Optional<Subject> present,
      String absent) {}

  /** Everything that can be told of {@code sealed}, in the order in which one wants to know. */
  public static List<Check> of(Sealed sealed, Trust trust, LocalDate today) {
    Verification verification = new Verification(trust, today);
    verification.signature(sealed);
    verification.verdict(sealed.signOff());
    verification.subject(sealed.signOff());
    verification.acceptances(sealed.signOff());
    verification.time(sealed);
    return List.copyOf(verification.checks);
  }

  private void signature(Sealed sealed) {
    Optional<Note> note;
    try {
      note = sealed.note();
    } catch (IllegalArgumentException broken) {
      checks.add(Check.bad("signature", "it cannot be read: " + broken.getMessage()));
      return;
    }
    if (note.isEmpty()) {
      checks.add(Check.bad("signature", "nobody has signed it"));
    } else if (!note.get().text().equals(Sealed.text(sealed.signOff()))) {
      checks.add(Check.bad("signature", "it is of another document than this one"));
    } else if (trust.reviewer().isEmpty()) {
      checks.add(
          Check.unknown(
              "signature",
              "it claims to be by `%s`, and no key was given to tell"
                  .formatted(sealed.claimedSigner())));
    } else {
      checks.add(signature(note.get(), trust.reviewer().get()));
    }
  }

  private static Check signature(Note note, NoteKey reviewer) {
    return switch (reviewer.check(note, Ed25519::verify)) {
      case NoteKey.Check.Signed _ -> Check.good("signature", "by " + reviewer);
      case NoteKey.Check.Absent _ ->
          Check.bad(
              "signature",
              "by `%s`, and not by %s".formatted(note.signatures().getFirst().name(), reviewer));
      case NoteKey.Check.Forged _ ->
          Check.bad("signature", "forged: it claims to be by " + reviewer + " and is not");
      case NoteKey.Check.Cosigned _ ->
          Check.bad("signature", reviewer + " is the key of a witness, and signs nothing");
    };
  }

  /** A sign-off of a run that found something is a true one; it is only said. */
  private void verdict(SignOff signOff) {
    Conclusion verdict = signOff.run().verdict();
    checks.add(
        Check.note(
            "verdict",
            "%s, of the run of %s: %d mutants, %d findings"
                .formatted(
                    verdict.word(),
                    signOff.run().at(),
                    signOff.trials().size(),
                    signOff.findings().size())));
  }

  private void subject(SignOff signOff) {
    Subject subject = signOff.subject();
    subject
        .attacked()
        .forEach(
            (name, part) -> {
              if (!part.isWhole()) {
                checks.add(Check.bad(name, "its digest is not that of its items"));
              } else if (trust.present().isEmpty()) {
                checks.add(Check.unknown(name, trust.absent()));
              }
            });
    trust
        .present()
        .ifPresent(
            now ->
                subject
                    .changed(now)
                    .forEach(
                        (name, changed) ->
                            checks.add(
                                name.equals(CONFIGURATION) && isDeployment(signOff)
                                    ? Check.note(name, "of a deployment: its server compares it")
                                    : compared(name, changed))));
    trust
        .present()
        .map(now -> subject.review().changed(now.review()))
        .filter(changed -> !changed.isEmpty())
        .ifPresent(
            changed ->
                checks.add(Check.note("review", "the attacks are others now: " + some(changed))));
  }

  private static boolean isDeployment(SignOff signOff) {
    return !signOff.run().target().equals(Drafting.LABORATORY);
  }

  private static Check compared(String about, List<String> changed) {
    return changed.isEmpty()
        ? Check.good(about, "as it was attacked")
        : Check.stale(about, some(changed));
  }

  private static String some(List<String> changed) {
    String told = String.join(", ", changed.subList(0, Math.min(MOST_TOLD, changed.size())));
    int more = changed.size() - MOST_TOLD;
    return more > 0 ? told + " and " + more + " more" : told;
  }

  private void acceptances(SignOff signOff) {
    List<String> over =
        signOff.acceptances().stream()
            .filter(one -> one.valid() && !today.isBefore(LocalDate.parse(one.expires())))
            .map(AcceptanceRow::subject)
            .toList();
    if (!over.isEmpty()) {
      checks.add(Check.stale("acceptances", "nobody answers any more for " + some(over)));
    } else if (!signOff.acceptances().isEmpty()) {
      checks.add(
          Check.good("acceptances", signOff.acceptances().size() + ", none has run out since"));
    }
  }

  private void time(Sealed sealed) {
    if (sealed.seal().receipt().isEmpty()) {
      checks.add(
          trust.log().isPresent()
              ? Check.unknown("time", "there is no receipt of a log that could prove when")
              : Check.note("time", "only the reviewer says when: there is no receipt of a log"));
      return;
    }
    if (trust.log().isEmpty()) {
      checks.add(
          Check.unknown("time", "there is a receipt, and no key of its log was given to check it"));
      return;
    }
    try {
      checks.add(time(sealed, trust.log().get()));
    } catch (IllegalArgumentException broken) {
      checks.add(Check.bad("time", "the receipt cannot be read: " + broken.getMessage()));
    }
  }

  private static Check time(Sealed sealed, NoteKey log) {
    Receipt receipt = Receipt.parse(sealed.seal().receipt());
    byte[] bytes = sealed.seal().record().getBytes(StandardCharsets.UTF_8);
    AuditRecord record = AuditRecord.decode(bytes);
    String origin = Checkpoint.parse(receipt.note().text()).origin();
    return switch (receipt.check(bytes, origin, log, Ed25519::verify)) {
      case Receipt.Check.NotSigned _ -> Check.bad("time", "the receipt is not signed by " + log);
      case Receipt.Check.OtherLog(var other) -> Check.bad("time", "the receipt is of " + other);
      case Receipt.Check.NotIncluded _ ->
          Check.bad("time", "the record does not stand in the log where the receipt says");
      case Receipt.Check.Included(var checkpoint) ->
          names(record, sealed.digest())
              ? Check.good(
                  "time",
                  "it was there on %s: record %d of %s"
                      .formatted(record.time(), receipt.index(), checkpoint.origin()))
              : Check.bad("time", "the record in the log is of something else");
    };
  }

  private static boolean names(AuditRecord record, String digest) {
    return record.action().equals(ACTION)
        && record.outcome() == Outcome.DONE
        && record.log().equals("platform")
        && digest.equals(record.details().get(DIGEST));
  }
}
