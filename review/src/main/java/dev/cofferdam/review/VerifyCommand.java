package dev.cofferdam.review;

import dev.cofferdam.protocol.log.NoteKey;
import dev.cofferdam.review.laboratory.Archives;
import dev.cofferdam.review.laboratory.Laboratories;
import dev.cofferdam.review.laboratory.LaboratoryException;
import dev.cofferdam.review.render.SignOffFile;
import dev.cofferdam.review.seal.Check;
import dev.cofferdam.review.seal.Verification;
import dev.cofferdam.review.signoff.Subject;
import dev.cofferdam.review.signoff.Subjects;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code review verify}: whose a sign-off is, of what, and whether that is still so. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = "Checks a sign-off: signature, page, what was attacked, acceptances, time.")
final class VerifyCommand implements Callable<Integer> {
  /** Something is not what it claims to be, or is no more. */
  private static final int BAD = 1;

  /** Nothing is wrong as far as could be looked, and not everything could. */
  private static final int COULD_NOT_TELL = 2;

  @Option(
      names = "--root",
      defaultValue = ".",
      description = "The folder of the sources whose build is compared with what was attacked.")
  private Path root = Path.of(".");

  @Option(
      names = "--reviewer",
      paramLabel = "KEY",
      description =
          "The public half of the reviewer's key, or a file with it; one's own by default.")
  private String reviewer = "";

  @Option(
      names = "--log-key",
      paramLabel = "KEY",
      description = "The key of the platform's log that proves when, or a file with it.")
  private String log = "";

  @Parameters(
      paramLabel = "FILE",
      description = "sign-off.json or .html; .md or .sarif beside the JSON.")
  private Path file = Path.of("");

  @Override
  public Integer call() throws IOException {
    SignOffFile opened = SignOffFile.open(file);
    Verification.Trust trust = trust();
    List<Check> checks = new ArrayList<>();
    if (!opened.asWritten()) {
      checks.add(page(opened, trust));
    }
    checks.addAll(Verification.of(opened.sealed(), trust, LocalDate.now(ZoneOffset.UTC)));
    for (Check check : checks) {
      System.out.printf(
          "%-8s %-14s %s%n",
          check.outcome().name().toLowerCase(Locale.ROOT), check.about(), check.told());
    }
    return code(checks);
  }

  static int code(List<Check> checks) {
    int code = Main.GOOD;
    for (Check check : checks) {
      switch (check.outcome()) {
        case GOOD, NOTE -> {}
        case UNKNOWN -> code = code == BAD ? BAD : COULD_NOT_TELL;
        case STALE, BAD -> code = BAD;
      }
    }
    return code;
  }

  /** Another version may write the same document in other words; this one would not. */
  private static Check page(SignOffFile opened, Verification.Trust trust) {
    boolean sameVersion =
        trust
            .present()
            .map(now -> now.review().equals(opened.sealed().signOff().subject().review()))
            .orElse(false);
    return sameVersion
        ? Check.bad("page", "it says something else than the sign-off that it carries")
        : Check.unknown(
            "page",
            "another version has written it, and only that can tell whether it says what it carries; look at the JSON");
  }

  private Verification.Trust trust() throws IOException {
    Optional<NoteKey> signer = Keys.reviewer(reviewer);
    try {
      Subject present = Subjects.of(Archives.builtIn(root), Laboratories.settings());
      return new Verification.Trust(signer, Keys.named(log), Optional.of(present), "");
    } catch (LaboratoryException notBuilt) {
      return new Verification.Trust(
          signer,
          Keys.named(log),
          Optional.empty(),
          "there is nothing to compare with: " + notBuilt.getMessage());
    }
  }
}
