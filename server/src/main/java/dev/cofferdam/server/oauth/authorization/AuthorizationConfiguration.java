package dev.cofferdam.server.oauth.authorization;

import dev.cofferdam.server.audit.Outbox;
import dev.cofferdam.server.authz.Authorization;
import dev.cofferdam.server.identity.Memberships;
import dev.cofferdam.server.identity.RingMac;
import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.keyring.Keyring;
import dev.cofferdam.server.keyring.MadeBetween;
import dev.cofferdam.server.oauth.GrantType;
import dev.cofferdam.server.oauth.Holders;
import dev.cofferdam.server.oauth.client.Applications;
import dev.cofferdam.server.oauth.client.OpenClients;
import dev.cofferdam.server.oauth.issuing.AccessTokens;
import dev.cofferdam.server.oauth.issuing.EndedTokens;
import dev.cofferdam.server.oauth.issuing.LiveAccessTokens;
import dev.cofferdam.server.surface.Ids;
import dev.cofferdam.server.tenancy.Ops;
import dev.cofferdam.server.tenancy.TenantGate;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Puts requests, consent and grants together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GrantSettings.class)
class AuthorizationConfiguration {
  private final SecureRandom random = new SecureRandom();

  @Bean
  RingMac codeRing(Keyring keyring, Clock clock) {
    return new RingMac(keyring, KeyPurpose.CODE, clock);
  }

  @Bean
  MadeBetween refreshTokensOfKeys(JdbcClient app, Clock clock) {
    return new MadeBetween(
        app,
        clock,
        KeyPurpose.REFRESH,
        "refresh tokens",
        "select oauth.refresh_between(:from, :until, :now)");
  }

  @Bean
  RingMac refreshRing(Keyring keyring, Clock clock) {
    return new RingMac(keyring, KeyPurpose.REFRESH, clock);
  }

  @Bean
  GrantActs grantActs(Outbox app, @Ops Outbox ops) {
    return new GrantActs(app, ops);
  }

  @Bean
  AuthorizationRequests authorizationRequests(List<Applications> clients) {
    return new AuthorizationRequests(clients);
  }

  @Bean
  Consents consents(
      @Ops JdbcClient ops,
      @Ops TransactionOperations transaction,
      RingMac codeRing,
      GrantActs grantActs,
      OpenClients openClients,
      Clock clock) {
    return new Consents(ops, transaction, codeRing, random, grantActs, openClients, clock);
  }

  @Bean
  ClientGrants clientGrants(
      JdbcClient app,
      GrantActs grantActs,
      Memberships memberships,
      Authorization authorization,
      TransactionOperations transaction,
      Clock clock) {
    return new ClientGrants(
        new ClientGrantRows(app), grantActs, memberships, authorization, transaction, clock);
  }

  @Bean
  Redemptions redemptions(
      @Ops JdbcClient ops,
      @Ops TransactionOperations transaction,
      TenantGate gate,
      RingMac codeRing,
      RingMac refreshRing,
      GrantActs grantActs,
      GrantSettings settings,
      Clock clock) {
    return new Redemptions(
        ops,
        transaction,
        gate,
        codeRing,
        refreshRing,
        random,
        grantActs,
        new Ids(clock, random),
        settings,
        clock);
  }

  @Bean
  GrantRevocations grantRevocations(
      Redemptions redemptions, LiveAccessTokens tokens, EndedTokens ended) {
    return new GrantRevocations(redemptions, tokens, ended);
  }

  @Bean
  NewGrants newGrants(Redemptions redemptions, AccessTokens tokens) {
    return new NewGrants(redemptions, new GrantAnswers(tokens));
  }

  @Bean
  GrantType codeGrant(Redemptions redemptions, AccessTokens tokens) {
    return new CodeGrant(redemptions, new GrantAnswers(tokens));
  }

  @Bean
  GrantType refreshGrant(Redemptions redemptions, AccessTokens tokens) {
    return new RefreshGrant(redemptions, new GrantAnswers(tokens));
  }

  @Bean
  Holders grantHolders(@Ops JdbcClient ops) {
    return new GrantHolders(ops);
  }
}
