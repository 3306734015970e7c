package dev.cofferdam.server.audit;

import dev.cofferdam.server.keyring.KeyId;
import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.keyring.KeyUsage;
import dev.cofferdam.server.keyring.Ring;
import dev.cofferdam.server.tenancy.Tenants;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tells which records say something of a person under a key of theirs. It is never sealed anew: the
 * record names the digest of these very bytes.
 */
final class PersonalKeyUsage implements KeyUsage {
  private final JdbcClient app;

  PersonalKeyUsage(JdbcClient app) {
    this.app = app;
  }

  @Override
  public Set<KeyPurpose> purposes() {
    return Set.of(KeyPurpose.SUBJECT);
  }

  @Override
  public List<Artefacts> live(Ring ring) {
    return found(
        app.sql(
                """
            select count(*) from audit.personal where tenant_id = :tenant and subject_id = :subject
            """)
            .param("subject", subject(ring)));
  }

  @Override
  public List<Artefacts> live(Ring ring, Reign reign) {
    KeyId key = reign.key().id();
    return found(
        app.sql(
                """
            select count(*) from audit.personal
             where tenant_id = :tenant and subject_id = :subject and key_id = :key
            """)
            .param("subject", subject(ring))
            .param("key", key.value()));
  }

  private static List<Artefacts> found(JdbcClient.StatementSpec count) {
    return List.of(
        new Artefacts(
            "records with personal data",
            count.param("tenant", Tenants.current().value()).query(Long.class).single()));
  }

  private static UUID subject(Ring ring) {
    if (ring instanceof Ring.OfSubject subject) {
      return subject.subject();
    }
    throw new IllegalArgumentException("personal data lie under rings of persons");
  }
}
