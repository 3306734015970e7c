package dev.cofferdam.review.audit;

import dev.cofferdam.review.attack.Occupant;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.verifier.Judgement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What a tenant holds of its own log, from before an attack: its public key and its newest
 * checkpoint, in files.
 *
 * @param key as {@code cofferdam audit key} prints it
 * @param kept the file with the checkpoint
 */
record Evidence(Target target, Occupant of, String key, Path kept) {

  /** What {@code of} holds now. */
  static Evidence of(Target target, Occupant of) throws IOException {
    List<String> head = target.server().auditHead(log(of));
    Path kept = target.around().scratch().resolve("kept-" + UUID.randomUUID());
    return new Evidence(target, of, head.get(1), Files.writeString(kept, head.getFirst()));
  }

  /** The name of a tenant's log. */
  static String log(Occupant of) {
    return "tenant/" + of.id();
  }

  /** An export of the log as it stands now, which the verifier reads. */
  Path exported() {
    Path folder = target.around().scratch().resolve("export-" + UUID.randomUUID());
    target.server().auditExport(log(of), folder);
    return folder.resolve(log(of));
  }

  /** What the verifier says of a fresh export. */
  Judgement judged() {
    return judged(exported());
  }

  /** What the verifier says of a log in a folder, with what is held, and more if more is given. */
  Judgement judged(Path log, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of(log.toString(), "--key", key, "--kept", kept.toString()));
    arguments.addAll(List.of(more));
    return target.around().verifier().verify(arguments.toArray(String[]::new));
  }

  /**
   * The probe of attacks on a log: in another tenant's, at which nobody has been, the same verifier
   * finds nothing, and the server still records.
   */
  static String othersAreClean(Target target) throws IOException {
    Evidence evidence = of(target, target.attacker());
    target.server().auditAppend(log(target.attacker()), 1);
    Judgement judgement = evidence.judged();
    if (judgement.isTampered()) {
      throw new IllegalStateException(
          "a log at which nobody has been is found tampered with: " + judgement.sentence());
    }
    return "nothing is found in another log, with a record that was appended just now";
  }
}
