package dev.cofferdam.server.identity.provider;

import dev.cofferdam.server.identity.ProviderId;
import dev.cofferdam.server.tenancy.TenantId;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An active identity provider of a tenant, written past everything: nobody can sign in at it. */
public final class PlantedProvider {
  private PlantedProvider() {}

  public static void plant(JdbcClient superuser, TenantId tenant, ProviderId provider) {
    superuser
        .sql(
            """
            insert into identity.provider (tenant_id, provider_id, alias, issuer, client_id, proves_by, credential_sealed,
                                           multi_factor, phishing_resistant, least_acr, state, tried_at, created_at, changed_at)
            values (:tenant, :provider, 'staff', 'https://idp.example', 'us', 'client_secret', '\\x00', '{}', '{}',
                    'single_factor', 'active', now(), now(), now())
            """)
        .param("tenant", tenant.value())
        .param("provider", provider.value())
        .update();
  }
}
