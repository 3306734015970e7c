package dev.cofferdam.review.audit;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.verifier.Judgement;
import dev.cofferdam.review.wire.Session;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** AUD-01: the database's administrator writes the history of a tenant anew. */
public final class Rewritings {
  // In a tile that is full, so that a hash above it exists.
  private static final int AT = 40;
  private static final int MORE = 20;

  private Rewritings() {}

  public static List<Attack> all() {
    return List.of(
        attack("AUD-01.edited", "edits one record of a tenant's log", Rewritings::edited),
        attack(
            "AUD-01.rewritten",
            "edits, removes, swaps and inserts records and computes every hash again",
            Rewritings::rewritten),
        attack(
            "AUD-01.cut",
            "cuts the newest records off, and puts the head back that was signed before them",
            Rewritings::cut),
        attack(
            "AUD-01.unwatched",
            "writes a history anew while the server runs, and hopes that nobody verifies",
            Rewritings::unwatched));
  }

  private static Attack attack(String id, String does, Attack.Assault assault) {
    return new Attack(
        id,
        does,
        Mode.DESTRUCTIVE,
        Set.of(Identity.DATABASE_ADMIN),
        assault,
        Evidence::othersAreClean);
  }

  private static Verdict edited(Target target) throws IOException, SQLException {
    Evidence evidence = Evidence.of(target, target.victim());
    try (Session session = target.asSuperuser()) {
      StoredLog log = StoredLog.of(session, target.victim().id());
      session.must(
          """
          set session_replication_role = replica;
          update audit.leaf set record = '\\x%s' where tenant_id = '%s' and leaf_index = %d
          """
              .formatted(
                  HexFormat.of().formatHex(StoredLog.edited(log.entries().get(AT))),
                  target.victim().id(),
                  AT));
    }
    return found(evidence.judged(), AT, "edited record " + AT);
  }

  /** With the mirror at hand, which says where exactly. */
  private static Verdict rewritten(Target target) throws IOException, SQLException {
    Evidence evidence = Evidence.of(target, target.victim());
    target.server().auditRound();
    String mirror = target.around().mirror().resolve(Evidence.log(target.victim())).toString();
    List<String> told = new ArrayList<>();
    try (Session session = target.asSuperuser()) {
      StoredLog honest = StoredLog.of(session, target.victim().id());
      for (Map.Entry<String, Rewriting> each : rewritings(honest.entries()).entrySet()) {
        honest.with(each.getValue().entries()).store(session);
        Verdict verdict =
            found(
                evidence.judged(evidence.exported(), "--mirror", mirror),
                each.getValue().first(),
                each.getKey() + ", hashes computed again");
        if (!(verdict instanceof Verdict.Refused)) {
          return verdict;
        }
        told.add(each.getKey() + ": " + verdict.evidence());
      }
    }
    return new Verdict.Refused(String.join("; ", told));
  }

  private record Rewriting(List<byte[]> entries, long first) {}

  private static Map<String, Rewriting> rewritings(List<byte[]> entries) {
    Map<String, Rewriting> all = new LinkedHashMap<>();
    List<byte[]> edited = new ArrayList<>(entries);
    edited.set(AT, StoredLog.edited(entries.get(AT)));
    all.put("edited record " + AT, new Rewriting(edited, AT));
    List<byte[]> removed = new ArrayList<>(entries);
    removed.remove(AT);
    // So that no count tells.
    removed.add(StoredLog.edited(entries.getLast()));
    all.put("removed record " + AT + " and added one", new Rewriting(removed, AT));
    List<byte[]> swapped = new ArrayList<>(entries);
    Collections.swap(swapped, AT, AT + 1);
    all.put("swapped records " + AT + " and " + (AT + 1), new Rewriting(swapped, AT));
    List<byte[]> inserted = new ArrayList<>(entries);
    inserted.add(AT, entries.getFirst());
    all.put("inserted a record again at " + AT, new Rewriting(inserted, AT));
    int tail = entries.size() - MORE;
    List<byte[]> otherTail = new ArrayList<>(entries.subList(0, tail));
    entries.subList(tail, entries.size()).forEach(entry -> otherTail.add(StoredLog.edited(entry)));
    all.put("edited the last " + MORE + " records", new Rewriting(otherTail, tail));
    return all;
  }

  private static Verdict cut(Target target) throws IOException, SQLException {
    try (Session session = target.asSuperuser()) {
      StoredLog before = StoredLog.of(session, target.victim().id());
      target.server().auditAppend(Evidence.log(target.victim()), MORE);
      Evidence evidence = Evidence.of(target, target.victim());
      before.store(session);
      return found(evidence.judged(), before.size(), "cut off the last " + MORE + " records");
    }
  }

  /** The index must be named rightly, or nobody is helped. */
  private static Verdict found(Judgement judgement, long index, String what) {
    if (!judgement.isTampered()) {
      return new Verdict.Succeeded(what + ", and the verifier says: " + judgement.sentence());
    }
    return judgement.names(index)
        ? new Verdict.Refused(judgement.sentence())
        : new Verdict.Inconclusive("found, but not at " + index + ": " + judgement.sentence());
  }

  private static Verdict unwatched(Target target) throws IOException, SQLException {
    Alarms.requireQuiet(target);
    try (Session session = target.asSuperuser()) {
      StoredLog honest = StoredLog.of(session, target.victim().id());
      List<byte[]> entries = new ArrayList<>(honest.entries());
      entries.set(AT, StoredLog.edited(entries.get(AT)));
      honest.with(entries).store(session);
    }
    return Alarms.told(target, "edited record " + AT + ", hashes computed again");
  }
}
