package dev.cofferdam.review.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.register.Register;
import dev.cofferdam.review.register.RegisterRefusedException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PlanTest {
  private final Register register = Planned.register("ISO-01.reads", "policy", "grant");

  @Test
  void registerAndAttacksAreJoined() {
    assertThat(Plan.of(register, List.of(Planned.attack("ISO-01.reads"))).trials())
        .extracting(trial -> trial.attack().id())
        .containsExactly("ISO-01.reads");
  }

  @Test
  void anAttackNamesAnActiveThreat() {
    assertRefused("that is not active", Planned.attack("ISO-01.reads"), Planned.attack("ISO-99.x"));
  }

  @Test
  void everyAttackHasAMutant() {
    assertRefused(
        "no mutant shows that the attack ISO-01.writes",
        Planned.attack("ISO-01.reads"),
        Planned.attack("ISO-01.writes"));
  }

  @Test
  void everyMutantHasAnAttack() {
    assertRefused("no attack `ISO-01.reads`");
  }

  @Test
  void anAttackIsThereOnce() {
    assertRefused("is there twice", Planned.attack("ISO-01.reads"), Planned.attack("ISO-01.reads"));
  }

  private void assertRefused(String why, Attack... attacks) {
    assertThatThrownBy(() -> Plan.of(register, List.of(attacks)))
        .isInstanceOf(RegisterRefusedException.class)
        .hasMessageContaining(why);
  }
}
