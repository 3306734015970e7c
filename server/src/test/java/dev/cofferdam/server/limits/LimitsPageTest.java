package dev.cofferdam.server.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Holds docs/operations/limits.md to the table that the server reads. To write it anew, run this
 * test with {@code -Dwrite.docs}.
 */
class LimitsPageTest {
  private static final Path PAGE = Path.of("../docs/operations/limits.md");

  @Test
  void pageListsTheTable() throws IOException {
    String wanted = page();
    if (System.getProperty("write.docs") != null) {
      Files.writeString(PAGE, wanted);
    }

    assertThat(PAGE).hasContent(wanted);
  }

  private static String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # Limits

            Generated from the table that the server reads; a test fails when it is stale.

            A request is counted by the class of its route, never by its path. Whoever shows a valid credential is counted by
            principal and by tenant, everybody else by address: an IPv4 address, an IPv6 /64, and the /48 around it with sixteen
            times the quota of one. Each request also takes its cost (light 1, ordinary 4, heavy 20) from the budget `all`. What is
            used up answers 429 with `Retry-After`; every answer carries `RateLimit` and `RateLimit-Policy`.

            To change one: `cofferdam.limits.overrides.<class>.<by>: 600 per 1m burst 100`. Of principal and tenant the tenant's must
            stay at least twice as large. None can be switched off.

            | class | cost | by | amount | at once |
            |---|---|---|---|---|
            """);
    for (LimitClass limit : LimitTable.ofServer().classes()) {
      for (By by : By.values()) {
        limit
            .quota(by)
            .ifPresent(
                quota -> {
                  String[] text = quota.toString().split(" burst ");
                  page.append(
                      "| `%s` | %s | %s | %s | %s |%n"
                          .formatted(
                              limit.name(), limit.cost().label(), by.label(), text[0], text[1]));
                });
      }
    }
    return page.toString();
  }
}
