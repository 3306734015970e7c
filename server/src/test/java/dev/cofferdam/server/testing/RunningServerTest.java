package dev.cofferdam.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.Tenants.WantedPlacement;
import dev.cofferdam.server.tenancy.database.DatabaseSettings;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RunningServerTest {
  private static final String VISIBLE = "select count(*) from tenancy.tenant";

  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  @Test
  void answersOnBothPorts() throws Exception {
    assertThat(SERVER.get("/readyz").body()).isEqualTo("{\"status\":\"UP\"}");
    assertThat(SERVER.get("/health").statusCode()).isEqualTo(404);
    assertThat(SERVER.send(SERVER.request("/livez").HEAD()).statusCode()).isEqualTo(200);
    assertThat(SERVER.managementUri("/health").getPort()).isNotEqualTo(SERVER.uri("/").getPort());
  }

  @Test
  void aTenantsScopeShowsThatTenant() {
    Scope.OfTenant one = SERVER.newTenant();
    Scope.OfTenant other = SERVER.newTenant(WantedPlacement.SCHEMA);

    assertThat(Scopes.call(one, () -> SERVER.app().sql(VISIBLE).query(Integer.class).single()))
        .isOne();
    assertThat(one).isNotEqualTo(other);
    assertThat(SERVER.superuser().sql(VISIBLE).query(Integer.class).single())
        .isGreaterThanOrEqualTo(2);
  }

  @Nested
  class OfOnesOwn {
    @RegisterExtension
    static final RunningServer OWN =
        RunningServer.own(
            context -> context.registerBean("planted", StringBuilder.class),
            "cofferdam.database.app-connections=3");

    @Test
    void hasItsOwnSettingsBeansAndDatabase() {
      assertThat(OWN.bean(DatabaseSettings.class).appConnections()).isEqualTo(3);
      assertThat(OWN.bean(StringBuilder.class)).isEmpty();
      assertThat(OWN.database().url()).isNotEqualTo(SERVER.database().url());
    }
  }
}
