package dev.cofferdam.server.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.server.testing.MovableClock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class CapabilitiesTest {
  private final MovableClock clock = new MovableClock(Instant.ofEpochSecond(1_800_000_000));
  private final Capabilities capabilities =
      new Capabilities(epoch -> new byte[] {1, 2, 3, (byte) epoch}, clock);

  @Test
  void aCapabilityIsMacEpochExpiryAndScope() throws Exception {
    capabilities.use(7);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(new byte[] {1, 2, 3, 7}, "HmacSHA256"));
    byte[] claim =
        ByteBuffer.allocate(18)
            .putInt(7)
            // 1,800,000,060 seconds since 1970 are so many microseconds since 2000.
            .putLong(853_315_260_000_000L)
            .put("x_test".getBytes(StandardCharsets.UTF_8))
            .array();
    assertThat(capabilities.capability("x_test"))
        .isEqualTo(ByteBuffer.allocate(50).put(mac.doFinal(claim)).put(claim).array());
  }

  @Test
  void aCapabilityIsKeptForSomeSecondsAndNoLonger() {
    capabilities.use(7);
    byte[] first = capabilities.capability("x_test");
    clock.advance(Capabilities.KEPT.minusMillis(1));
    assertThat(capabilities.capability("x_test")).isSameAs(first);
    assertThat(capabilities.capability("x_other")).isNotEqualTo(first);
    clock.advance(Duration.ofMillis(1));
    assertThat(capabilities.capability("x_test")).isNotEqualTo(first);
  }

  @Test
  void whatWasKeptEndsWithItsEpochAndWithAClockThatIsSetBack() {
    capabilities.use(7);
    byte[] first = capabilities.capability("x_test");
    capabilities.use(8);
    byte[] second = capabilities.capability("x_test");
    assertThat(second).isNotEqualTo(first);
    clock.advance(Duration.ofSeconds(-1));
    assertThat(capabilities.capability("x_test")).isNotEqualTo(second);
  }

  @Test
  void whatIsKeptIsBounded() {
    capabilities.use(7);
    for (int i = 0; i < Capabilities.MOST_KEPT; i++) {
      capabilities.capability("t_" + i);
    }
    byte[] further = capabilities.capability("x_test");
    assertThat(capabilities.capability("x_test")).isEqualTo(further).isNotSameAs(further);
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
    assertThat(capabilities.toString()).startsWith(Capabilities.class.getName());
  }
}
