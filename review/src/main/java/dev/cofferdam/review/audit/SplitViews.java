package dev.cofferdam.review.audit;

import dev.cofferdam.protocol.log.AddCheckpoint;
import dev.cofferdam.protocol.log.Checkpoint;
import dev.cofferdam.protocol.log.Frontier;
import dev.cofferdam.protocol.log.Hash;
import dev.cofferdam.protocol.log.InclusionProof;
import dev.cofferdam.protocol.log.Merkle;
import dev.cofferdam.protocol.log.Node;
import dev.cofferdam.protocol.log.Note;
import dev.cofferdam.protocol.log.NoteKey;
import dev.cofferdam.protocol.log.Receipt;
import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.verifier.Judgement;
import dev.cofferdam.review.verifier.Witnessing;
import dev.cofferdam.review.wire.Session;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * AUD-08: an operator who has the key that signs a tenant's log, and shows the tenant one history
 * and somebody else another; and one who makes proofs up.
 */
public final class SplitViews {
  private static final int AT = 40;
  private static final int OK = 200;

  private SplitViews() {}

  public static List<Attack> all() {
    return List.of(
        attack(
            "AUD-08.split-view",
            "writes another history with the key that signs the log, and shows it to an auditor",
            Mode.DESTRUCTIVE,
            Identity.CHECKPOINT_KEY,
            SplitViews::splitView),
        attack(
            "AUD-08.forked-checkpoint",
            "has a witness cosign another history",
            Mode.DESTRUCTIVE,
            Identity.CHECKPOINT_KEY,
            SplitViews::forkedCheckpoint),
        attack(
            "AUD-08.other-record",
            "shows a tenant another record with the receipt of one that stands",
            Mode.SAFE,
            Identity.DATABASE_ADMIN,
            SplitViews::otherRecord),
        attack(
            "AUD-08.unsigned-receipt",
            "makes up a log in which a record stands, and a receipt of it",
            Mode.SAFE,
            Identity.DATABASE_ADMIN,
            SplitViews::unsignedReceipt));
  }

  private static Attack attack(
      String id, String does, Mode mode, Identity who, Attack.Assault assault) {
    return new Attack(
        id,
        does,
        mode,
        Set.of(who),
        assault,
        mode == Mode.SAFE ? SplitViews::genuineIsTaken : Evidence::othersAreClean);
  }

  private static Verdict splitView(Target target) throws IOException, SQLException {
    Evidence evidence = Evidence.of(target, target.victim());
    Path copy = evidence.exported();
    fork(target, evidence);
    Judgement judgement = evidence.judged(evidence.exported(), "--export", copy.toString());
    return judgement.isTampered()
        ? new Verdict.Refused(judgement.sentence())
        : new Verdict.Succeeded(
            "another record " + AT + ", and nothing contradicts it: " + judgement.sentence());
  }

  /** Another record, every hash computed again, one record more, and a genuine signature. */
  private static StoredLog fork(Target target, Evidence evidence) throws SQLException {
    try (Session session = target.asSuperuser()) {
      StoredLog honest = StoredLog.of(session, target.victim().id());
      List<byte[]> entries = new ArrayList<>(honest.entries());
      entries.set(AT, StoredLog.edited(entries.get(AT)));
      entries.add(entries.getFirst());
      StoredLog forked = honest.with(entries);
      NoteKey key = NoteKey.parse(evidence.key());
      String text = new Checkpoint(key.name(), forked.size(), forked.root()).text();
      Note.Signature signature =
          key.sign(text, message -> target.server().auditSign(target.victim().scope(), text));
      StoredLog signed = forked.signed(signature.content());
      signed.store(session);
      return signed;
    }
  }

  private static Verdict forkedCheckpoint(Target target)
      throws IOException, SQLException, InterruptedException {
    Evidence evidence = Evidence.of(target, target.victim());
    Path state = Files.createDirectory(target.around().scratch().resolve("witness"));
    try (Witnessing witness = target.around().verifier().witness(state, evidence.key())) {
      Note honest = Note.parse(Files.readString(evidence.kept()));
      HttpResponse<String> first = witness.ask(new AddCheckpoint(0, List.of(), honest).toString());
      if (first.statusCode() != OK) {
        return new Verdict.Inconclusive("the witness does not cosign at all: " + first.body());
      }
      fork(target, evidence);
      Path forked = evidence.exported();
      Note other = Note.parse(Files.readString(forked.resolve("checkpoint")));
      long old = Checkpoint.parse(honest.text()).size();
      HttpResponse<String> second =
          witness.ask(new AddCheckpoint(old, List.of(), other).toString());
      if (second.statusCode() != OK) {
        return new Verdict.Refused(second.statusCode() + " " + second.body().strip());
      }
      Files.writeString(
          forked.resolve("checkpoint"),
          other.with(Note.Signature.parse(second.body().strip())).toString());
      return new Verdict.Succeeded(
          "the witness vouches for another history: "
              + target
                  .around()
                  .verifier()
                  .verify(forked.toString(), "--key", evidence.key(), "--witness", witness.key())
                  .sentence());
    }
  }

  private static Verdict otherRecord(Target target) throws IOException, SQLException {
    Evidence evidence = Evidence.of(target, target.victim());
    StoredLog log = log(target);
    Receipt receipt = receipt(log, Note.parse(Files.readString(evidence.kept())));
    return taken(evidence, receipt, StoredLog.edited(log.entries().get(AT)));
  }

  private static Verdict unsignedReceipt(Target target) throws IOException, SQLException {
    Evidence evidence = Evidence.of(target, target.victim());
    StoredLog log = log(target);
    List<byte[]> entries = new ArrayList<>(log.entries());
    entries.set(AT, StoredLog.edited(entries.get(AT)));
    StoredLog madeUp = log.with(entries);
    Note honest = Note.parse(Files.readString(evidence.kept()));
    String text =
        new Checkpoint(NoteKey.parse(evidence.key()).name(), madeUp.size(), madeUp.root()).text();
    return taken(evidence, receipt(madeUp, new Note(text, honest.signatures())), entries.get(AT));
  }

  /** The probe: a genuine receipt of a genuine record is taken. */
  private static String genuineIsTaken(Target target) throws IOException, SQLException {
    Evidence evidence = Evidence.of(target, target.victim());
    StoredLog log = log(target);
    Receipt receipt = receipt(log, Note.parse(Files.readString(evidence.kept())));
    Judgement judgement = judged(evidence, receipt, log.entries().get(AT));
    if (!judgement.isClean()) {
      throw new IllegalStateException("a genuine receipt is refused: " + judgement.sentence());
    }
    return "a genuine receipt is taken";
  }

  private static Verdict taken(Evidence evidence, Receipt receipt, byte[] record)
      throws IOException {
    Judgement judgement = judged(evidence, receipt, record);
    return judgement.isClean()
        ? new Verdict.Succeeded("a record that does not stand is proven: " + judgement.sentence())
        : new Verdict.Refused(judgement.sentence());
  }

  private static Judgement judged(Evidence evidence, Receipt receipt, byte[] record)
      throws IOException {
    Path folder = evidence.target().around().scratch();
    Path receiptFile = Files.writeString(folder.resolve("receipt"), receipt.toString());
    Path recordFile = Files.write(folder.resolve("record"), record);
    return evidence
        .target()
        .around()
        .verifier()
        .verify(
            "--key",
            evidence.key(),
            "--receipt",
            receiptFile.toString(),
            "--record",
            recordFile.toString());
  }

  private static StoredLog log(Target target) throws SQLException {
    try (Session session = target.asSuperuser()) {
      return StoredLog.of(session, target.victim().id());
    }
  }

  private static Receipt receipt(StoredLog log, Note note) {
    Map<Node, Hash> hashes = new HashMap<>();
    Frontier tree = new Frontier();
    log.entries().forEach(entry -> tree.append(Merkle.leaf(entry), hashes::put));
    InclusionProof proof =
        InclusionProof.of(AT, log.size(), node -> Objects.requireNonNull(hashes.get(node)));
    return new Receipt(AT, proof.path(), note);
  }
}
