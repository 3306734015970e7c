package dev.cofferdam.server.edge.tls;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Says on the management port how the certificates stand. Always up: a server that serves the old
 * certificates serves, and taking it away would take away all of them, which share the files.
 */
final class CertificatesHealth extends AbstractHealthIndicator {
  private final ServedCertificates certificates;

  CertificatesHealth(ServedCertificates certificates) {
    super("The certificates could not be looked at");
    this.certificates = certificates;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    builder
        .up()
        .withDetail("ends", certificates.ends().toString())
        .withDetail("newest_files", certificates.newestAreRefused() ? "refused" : "served");
  }
}
