package dev.cofferdam.server.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.server.testing.MovableClock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class CapabilitiesTest {
  private final MovableClock clock = new MovableClock(Instant.ofEpochSecond(1_800_000_000));
  private final Capabilities capabilities =
      new Capabilities(epoch -> new byte[] {1, 2, 3, (byte) epoch}, clock);

  @Test
  void aCapabilityIsKeyIdExpiryMacAndScope() throws Exception {
    capabilities.use(7);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(new byte[] {1, 2, 3, 7}, "HmacSHA256"));
    String expected =
        HexFormat.of()
            .formatHex(mac.doFinal("00071800000060x_test".getBytes(StandardCharsets.UTF_8)));
    assertThat(capabilities.capability("x_test")).isEqualTo("00071800000060" + expected + "x_test");
  }

  @Test
  void beforeAnEpochIsInstalledNothingIsMinted() {
    assertThatThrownBy(() -> capabilities.capability("x_test"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theScopeIsTheOneOfTheRunningCodeAndNullWithoutOne() {
    TenantId tenant = new TenantId(UUID.fromString("0199c0de-0000-7000-8000-000000000001"));
    assertThat(capabilities.scope()).isNull();
    String carried =
        Scopes.call(
            new Scope.OfTenant(tenant, new Placement.Shared()), () -> "" + capabilities.scope());
    assertThat(carried).isEqualTo("t_0199c0de000070008000000000000001");
    assertThat(capabilities.scope()).isNull();
  }

  @Test
  void nothingSecretIsPrinted() {
    capabilities.use(7);
    assertThat(capabilities.toString())
        .doesNotContain("0007")
        .startsWith(Capabilities.class.getName());
  }
}
