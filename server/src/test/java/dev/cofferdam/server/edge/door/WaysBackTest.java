package dev.cofferdam.server.edge.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.testing.RunningServer;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaysBackTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final WaysBack waysBack = new WaysBack(() -> SERVER.bean(Declarations.class).routes());

  /** With the routes that there are: so nobody who signs in again lands where nothing is shown. */
  @ParameterizedTest
  @CsvSource({
    "GET, /tenant/delete, /tenant/delete",
    "POST, /tenant/delete, /tenant/delete",
    "POST, /tenant/delete/agree, /tenant/delete/agree",
    "POST, /domains/check, /domains",
    "POST, /operator/tenants/7/suspend, /operator/tenants/7/suspend",
    "POST, /tenant/keep, /",
    "GET, /nowhere, /nowhere"
  })
  void toThePageThatHasTheForm(String method, String path, String back) {
    assertThat(waysBack.from(method, path)).isEqualTo(back);
  }
}
