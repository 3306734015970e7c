package dev.cofferdam.server.identity.oidc;

import dev.cofferdam.server.egress.Egress;
import dev.cofferdam.server.identity.IdentityRefusedException;
import dev.cofferdam.server.keyring.ColumnCipher;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Puts signing in together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IdpSettings.class)
class OidcConfiguration {

  @Bean
  PendingSignIns pendingSignIns(
      JdbcClient jdbc, TransactionOperations transactions, ColumnCipher cipher, Clock clock) {
    return new PendingSignIns(jdbc, transactions, cipher, clock);
  }

  @Bean
  RelyingParties relyingParties(PendingSignIns pendingSignIns, Egress egress, Clock clock) {
    return new RelyingParties(pendingSignIns, egress.ofTenants(), clock);
  }

  @Bean
  TokenIssuers tokenIssuers(Egress egress, Clock clock) {
    return new TokenIssuers(egress.ofTenants(), clock);
  }

  /**
   * @param development the client of the development IdP, which is there when no issuer is set
   */
  @Bean
  RelyingParty relyingParty(
      IdpSettings settings,
      ObjectProvider<Client> development,
      PendingSignIns pendingSignIns,
      Egress egress,
      Clock clock) {
    Client client =
        settings
            .client()
            .or(() -> development.stream().findFirst())
            .orElseThrow(
                () ->
                    new IdentityRefusedException(
                        "No identity provider is set, and there is no mode without one: set"
                            + " cofferdam.idp.issuer."));
    return new RelyingParty(
        client, settings.acrValues(), pendingSignIns, egress, new SecureRandom(), clock);
  }
}
