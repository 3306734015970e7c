package dev.cofferdam.review.identity;

import dev.cofferdam.review.attack.Scene;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.web.Asked;
import dev.cofferdam.review.web.Denial;
import dev.cofferdam.review.web.Resident;
import dev.cofferdam.review.web.Snapshot;
import dev.cofferdam.review.web.Trail;
import dev.cofferdam.review.wire.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Requests that are all to be refused to one person, by one code: what of it came true, and what
 * was left behind.
 */
final class Refusals {
  private final Scene scene;
  private final Resident who;
  private final String code;
  private final Snapshot before;
  private final List<Asked> all = new ArrayList<>();

  /**
   * @param who the person in whose session the requests are made
   * @param code which each of them is to meet
   */
  Refusals(Scene scene, Resident who, String code) throws SQLException {
    this.scene = scene;
    this.who = who;
    this.code = code;
    try (Session superuser = scene.asSuperuser()) {
      before = Snapshot.of(superuser);
    }
  }

  void add(Asked asked) {
    all.add(asked);
  }

  /** The first of them that was done, as evidence. */
  Optional<Verdict> done() {
    return all.stream()
        .filter(asked -> asked.reply().isDone())
        .findFirst()
        .map(asked -> new Verdict.Succeeded(asked.told()));
  }

  /** What the database and the logs say of them, when none was done. */
  Verdict judged(String what) throws SQLException {
    Optional<Verdict> done = done();
    if (done.isPresent()) {
      return done.get();
    }
    try (Session superuser = scene.asSuperuser()) {
      List<String> changed = Snapshot.of(superuser).changedSince(before);
      if (!changed.isEmpty()) {
        return new Verdict.Succeeded("after refusals alone there is a change in " + changed);
      }
      Trail trail = Trail.of(superuser);
      for (Asked asked : all) {
        Optional<Verdict> fault = fault(asked, trail);
        if (fault.isPresent()) {
          return fault.get();
        }
      }
    }
    return new Verdict.Refused(all.size() + " " + what + ": " + Denial.summary(all));
  }

  private Optional<Verdict> fault(Asked asked, Trail trail) {
    Optional<String> undocumented = Denial.undocumented(asked);
    if (undocumented.isPresent() || !asked.reply().code().equals(code)) {
      return Optional.of(
          new Verdict.Inconclusive(
              undocumented.orElseGet(() -> asked.told() + " instead of " + code)));
    }
    Optional<String> unrecorded =
        Denial.is(asked.reply()) ? Denial.unrecorded(asked, who, trail) : Optional.empty();
    return unrecorded.map(Verdict.Succeeded::new);
  }
}
