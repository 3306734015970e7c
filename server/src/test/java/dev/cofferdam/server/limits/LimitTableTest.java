package dev.cofferdam.server.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitTableTest {
  private static final String BUDGET =
      """
      all light principal  600 per 1m burst 100
      all light tenant    6000 per 1m burst 1000
      all light address    600 per 1m burst 100
      """;

  @Test
  void theShippedTableHoldsItsOwnRules() {
    assertThat(LimitTable.ofServer().classes()).hasSizeGreaterThan(8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "read light principal 60 per 1m burst 10",
        "read light principal 60 per 1m burst 10\nread light tenant 100 per 1m burst 20",
        "read light principal 60 per 1m burst 10\nread light tenant 120 per 1m burst 19"
      })
  void aTenantWithoutRoomBesideOneOfItsOwnIsRefused(String rows) {
    assertThatThrownBy(() -> LimitTableReader.read("test", BUDGET + rows))
        .hasMessageContaining("`read`")
        .hasMessageContaining("at least twice");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "read free address 60 per 1m burst 10",
        "read light everybody 60 per 1m burst 10",
        "read light address 60 per 1m",
        "read light address 60 per 1m burst 10\nread heavy tenant 60 per 1m burst 10",
        "read light address 60 per 1m burst 10\nread light address 60 per 1m burst 10"
      })
  void aLineThatIsNotUnderstoodIsNamed(String rows) {
    assertThatThrownBy(() -> LimitTableReader.read("test", BUDGET + rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("read ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 per 1m burst 10",
        "10 per 0s burst 10",
        "10 per 1m burst 0",
        "10 per 2d burst 1"
      })
  void aQuotaThatIsNoneIsRefused(String text) {
    assertThatThrownBy(() -> Quota.of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTableWithoutItsBudgetIsRefused() {
    assertThatThrownBy(() -> LimitTableReader.read("test", "read light address 60 per 1m burst 10"))
        .hasMessageContaining("`all`");
  }

  @ParameterizedTest
  @CsvSource({"sign-in.address", "signin.address", "sign_in.address"})
  void anOverrideReplacesOneQuotaHoweverItsNameIsWritten(String place) {
    LimitTable table = LimitTable.ofServer().with(Map.of(place, "7 per 1h burst 3"));

    assertThat(table.named("sign-in").flatMap(limit -> limit.quota(By.ADDRESS)))
        .hasToString("Optional[7 per 1h burst 3]");
  }

  @ParameterizedTest
  @CsvSource({
    "sing-in.address, 7 per 1h burst 3, sing-in.address",
    "sign-in.tenant, 7 per 1h burst 3, sign-in.tenant",
    "sign-in, 7 per 1h burst 3, sign-in",
    "sign-in.address, none, `none` is no quota",
    "read.principal, 999999 per 1s burst 1, at least twice"
  })
  void anOverrideThatCannotHoldIsRefused(String place, String quota, String message) {
    assertThatThrownBy(() -> LimitTable.ofServer().with(Map.of(place, quota)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
