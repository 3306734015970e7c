package dev.cofferdam.server.keyring;

import dev.cofferdam.protocol.crypto.CryptoProvider;
import dev.cofferdam.protocol.crypto.SelfTest;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What must hold before a key is used: sound algorithms, the right database, no secret in clear.
 */
final class KeyringStart {
  /** The purpose for which the platform's rings and the record of the root key are bound. */
  static final Scope SCOPE = new Scope.OfPlatform(new Purpose("keyring"));

  private static final Logger LOG = LoggerFactory.getLogger(KeyringStart.class);

  private KeyringStart() {}

  /**
   * Checks.
   *
   * @throws KeyringRefusedException when something does not hold
   */
  static void check(
      CryptoProvider provider, String rootKeyId, RootKeyRecord record, JdbcClient jdbc) {
    SelfTest.firstFailure(provider)
        .ifPresent(
            algorithm -> {
              throw new KeyringRefusedException(
                  algorithm
                      + " of "
                      + provider.name()
                      + " gives wrong answers on this machine. Start with another build of the JDK,"
                      + " or on other hardware.");
            });
    Scopes.run(
        SCOPE,
        () -> {
          record.check(rootKeyId);
          PlaintextColumns.ofCofferdam().check(jdbc);
        });
    LOG.info("Keys: root key {}, signatures and HPKE by {}.", rootKeyId, provider.name());
  }
}
