package dev.cofferdam.server.audit.check;

import dev.cofferdam.server.audit.mirror.MirrorState;
import dev.cofferdam.server.audit.mirror.Mirroring;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Not ready while a log is known to diverge: what is answered from such a database may have been
 * made up. A mirror that is only missing, or behind, is for the alert.
 */
final class DivergenceHealth extends AbstractHealthIndicator {
  private final SelfCheck check;
  private final @Nullable Mirroring mirroring;

  DivergenceHealth(SelfCheck check, @Nullable Mirroring mirroring) {
    super("The logs could not be looked at");
    this.check = check;
    this.mirroring = mirroring;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    boolean found =
        check.findings().stream()
            .anyMatch(finding -> finding.kind() != Finding.Kind.MIRROR_MISSING);
    boolean diverges =
        mirroring != null
            && mirroring.troubled().values().stream()
                .anyMatch(MirrorState.Diverging.class::isInstance);
    if (found || diverges) {
      builder.outOfService();
    } else {
      builder.up();
    }
  }
}
