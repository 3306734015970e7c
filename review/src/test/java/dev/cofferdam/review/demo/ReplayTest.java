package dev.cofferdam.review.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.review.RecordedRun;
import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Portable;
import dev.cofferdam.review.run.Plan;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReplayTest {
  private static final List<Attack> PLAYED =
      Replay.trials(RecordedRun.plan()).stream().map(Plan.Trial::attack).toList();

  @Test
  void eachAttackThatNeedsNoLaboratoryIsPlayedOnce() {
    assertThat(PLAYED)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            RecordedRun.plan().trials().stream()
                .map(Plan.Trial::attack)
                .filter(attack -> attack.portable().isPresent())
                .distinct()
                .toList());
    assertThat(PLAYED)
        .extracting(Attack::id)
        .contains("ISO-01.things", "ISO-01.outsiders", "ADM-01.roles", "ADM-01.kinds")
        .doesNotContain("ISO-04.unbound-read", "LIM-01.address", "KEY-04.memory");
  }

  @Test
  void whatTakesPeopleAwayComesLast() {
    assertThat(PLAYED.subList(PLAYED.size() - 3, PLAYED.size()))
        .extracting(Attack::id)
        .containsExactlyInAnyOrder("ISO-13.member", "IDN-09.replayed", "IDN-09.token");
    assertThat(PLAYED)
        .extracting(attack -> attack.portable().orElseThrow().reach())
        .isSorted()
        .contains(Portable.Reach.values());
  }

  @Test
  void whereOthersWorkNothingIsPlayedThatChangesWhatTheyHave() {
    assertThat(PLAYED)
        .filteredOn(attack -> attack.isPlayedAt(Portable.Reach.ANYWHERE))
        .extracting(Attack::id)
        .contains("ISO-01.reads", "EDG-04.rebinding")
        .doesNotContain("ISO-01.things", "ADM-01.roles", "IDN-08.pages", "EDG-01.slow-body");
  }
}
