package dev.cofferdam.server.oauth.issuing;

import dev.cofferdam.server.audit.AuditLog;
import dev.cofferdam.server.audit.Outbox;
import dev.cofferdam.server.identity.Revocations;
import dev.cofferdam.server.keyring.Keyring;
import dev.cofferdam.server.limits.Limits;
import dev.cofferdam.server.oauth.GrantType;
import dev.cofferdam.server.oauth.Holders;
import dev.cofferdam.server.oauth.Rounds;
import dev.cofferdam.server.oauth.proof.Assertions;
import dev.cofferdam.server.oauth.proof.Proofs;
import dev.cofferdam.server.surface.Ids;
import dev.cofferdam.server.tenancy.Ops;
import dev.cofferdam.server.tenancy.TenantGate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Puts the making of access tokens together. */
@Configuration(proxyBeanMethods = false)
class IssuingConfiguration {
  private static final Duration TURNING = Duration.ofHours(1);

  @Bean
  SigningKeys signingKeys(Keyring keyring, Clock clock) {
    return new SigningKeys(keyring, clock);
  }

  @Bean
  KeyTurns keyTurns(Keyring keyring, Clock clock) {
    return new KeyTurns(keyring, clock);
  }

  @Bean
  Rounds keyRounds(KeyTurns keyTurns, Clock clock) {
    return new Rounds("turning of keys", TURNING, keyTurns::turn, clock);
  }

  @Bean
  PublicKeys publicKeys(SigningKeys signingKeys) {
    return new PublicKeys(signingKeys);
  }

  @Bean
  EveryHolder everyHolder(List<Holders> holders) {
    return new EveryHolder(holders);
  }

  @Bean
  EndedTokens endedTokens(
      @Ops JdbcClient ops,
      @Ops TransactionOperations transaction,
      @Ops Outbox outbox,
      Clock clock) {
    return new EndedTokens(ops, transaction, outbox, clock);
  }

  @Bean
  LiveAccessTokens liveAccessTokens(
      SigningKeys signingKeys,
      EveryHolder holders,
      EndedTokens endedTokens,
      Revocations revocations,
      Clock clock) {
    return new LiveAccessTokens(
        new VerifiedTokens(signingKeys), holders, endedTokens, revocations, clock);
  }

  @Bean
  ShownTokens shownTokens(LiveAccessTokens liveAccessTokens, Proofs proofs) {
    return new ShownTokens(liveAccessTokens, proofs);
  }

  @Bean
  IssuedTokens issuedTokens(AccessTokens accessTokens, TenantGate gate, AuditLog audit) {
    return new IssuedTokens(accessTokens, gate, audit);
  }

  @Bean
  ClientCredentials clientCredentials(EveryHolder holders, IssuedTokens issuedTokens) {
    return new ClientCredentials(holders, issuedTokens);
  }

  @Bean
  TokenEndpoint tokenEndpoint(
      Assertions assertions,
      Proofs proofs,
      List<GrantType> grants,
      EveryHolder holders,
      Limits limits) {
    return new TokenEndpoint(assertions, proofs, grants, holders, limits);
  }

  @Bean
  Introspection introspection(LiveAccessTokens liveAccessTokens) {
    return new Introspection(liveAccessTokens);
  }

  @Bean
  AccessTokens accessTokens(SigningKeys signingKeys, Ids ids, Clock clock) {
    return new AccessTokens(signingKeys, ids, clock);
  }
}
