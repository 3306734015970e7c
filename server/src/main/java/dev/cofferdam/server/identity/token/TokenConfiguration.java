package dev.cofferdam.server.identity.token;

import dev.cofferdam.server.audit.Outbox;
import dev.cofferdam.server.authz.Authorization;
import dev.cofferdam.server.identity.Memberships;
import dev.cofferdam.server.identity.Revocations;
import dev.cofferdam.server.identity.RingMac;
import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.keyring.Keyring;
import dev.cofferdam.server.limits.Limits;
import dev.cofferdam.server.surface.Authenticator;
import dev.cofferdam.server.surface.Ids;
import dev.cofferdam.server.tenancy.Ops;
import dev.cofferdam.server.tenancy.TenantGate;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Puts tokens together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TokenSettings.class)
class TokenConfiguration {
  private final SecureRandom random = new SecureRandom();

  @Bean
  RingMac tokenRing(Keyring keyring, Clock clock) {
    return new RingMac(keyring, KeyPurpose.TOKEN, clock);
  }

  /** The one that the edge asks. */
  @Bean
  Credentials credentials(
      @Qualifier("sessionAuthenticator") Authenticator sessions,
      RingMac tokenRing,
      @Ops JdbcClient ops,
      Revocations revocations,
      AccessTokenHolders accessTokenHolders,
      Limits limits,
      Clock clock) {
    return new Credentials(
        sessions, tokenRing, new LiveTokens(ops, revocations, clock), accessTokenHolders, limits);
  }

  @Bean
  TokenActs tokenActs(Outbox app, @Ops Outbox ops) {
    return new TokenActs(app, ops);
  }

  @Bean
  MadeTokens madeTokens(
      @Ops JdbcClient ops,
      @Ops TransactionOperations transaction,
      RingMac tokenRing,
      TokenActs tokenActs,
      TokenSettings settings,
      Clock clock) {
    return new MadeTokens(
        ops, transaction, tokenRing, random, tokenActs, new Ids(clock, random), settings, clock);
  }

  @Bean
  AllowedTokens allowedTokens(
      @Ops TransactionOperations transaction,
      TenantGate gate,
      RingMac tokenRing,
      TokenActs tokenActs,
      TokenSettings settings,
      Clock clock) {
    return new AllowedTokens(
        transaction, gate, tokenRing, random, tokenActs, new Ids(clock, random), settings, clock);
  }

  @Bean
  PersonalTokens personalTokens(
      JdbcClient app,
      MadeTokens madeTokens,
      TokenActs tokenActs,
      TransactionOperations transaction) {
    return new PersonalTokens(new TokenRows(app), madeTokens, tokenActs, transaction);
  }

  @Bean
  TokenRights tokenRights(Authorization authorization, Clock clock) {
    return new TokenRights(authorization, clock);
  }

  @Bean
  MemberTokens memberTokens(
      JdbcClient app,
      TokenActs tokenActs,
      Memberships memberships,
      TokenRights tokenRights,
      TransactionOperations transaction) {
    return new MemberTokens(new TokenRows(app), tokenActs, memberships, tokenRights, transaction);
  }

  @Bean
  ServiceTokens serviceTokens(
      JdbcClient app,
      MadeTokens madeTokens,
      TokenActs tokenActs,
      TokenRights tokenRights,
      TransactionOperations transaction,
      Clock clock) {
    return new ServiceTokens(
        new TokenRows(app),
        madeTokens,
        tokenActs,
        tokenRights,
        transaction,
        new Ids(clock, random));
  }
}
