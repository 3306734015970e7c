package dev.cofferdam.server.identity;

import dev.cofferdam.server.authz.Members;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.Tenants;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells authorization who is a member of the bound tenant. */
@Component
final class TenantMembers implements Members {
  private final JdbcClient app;

  TenantMembers(JdbcClient app) {
    this.app = app;
  }

  @Override
  public boolean isMember(PersonId person) {
    // Locked, so that whoever ends the membership at the same time sees what was built on it.
    return app.sql(
            """
            select true from identity.membership
             where tenant_id = :tenant and person_id = :person for share
            """)
        .param("tenant", Tenants.current().value())
        .param("person", person.value())
        .query(Boolean.class)
        .optional()
        .isPresent();
  }
}
