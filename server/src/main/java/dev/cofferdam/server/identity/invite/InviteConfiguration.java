package dev.cofferdam.server.identity.invite;

import dev.cofferdam.server.audit.AuditLog;
import dev.cofferdam.server.audit.Outbox;
import dev.cofferdam.server.authz.Authorization;
import dev.cofferdam.server.identity.DueWork;
import dev.cofferdam.server.identity.MemberProfiles;
import dev.cofferdam.server.identity.RingMac;
import dev.cofferdam.server.identity.Sessions;
import dev.cofferdam.server.keyring.ColumnCipher;
import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.keyring.Keyring;
import dev.cofferdam.server.mail.Mail;
import dev.cofferdam.server.surface.Ids;
import dev.cofferdam.server.tenancy.Ops;
import dev.cofferdam.server.tenancy.TenantGate;
import dev.cofferdam.server.tenancy.TenantProfiles;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Puts invites together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(InviteSettings.class)
class InviteConfiguration {
  private final SecureRandom random = new SecureRandom();

  @Bean
  RingMac inviteRing(Keyring keyring, Clock clock) {
    return new RingMac(keyring, KeyPurpose.INVITE, clock);
  }

  @Bean
  SealedAddresses sealedAddresses(ColumnCipher cipher, RingMac inviteRing) {
    return new SealedAddresses(cipher, inviteRing);
  }

  @Bean
  InviteActs inviteActs(Outbox app, @Ops Outbox ops, AuditLog log) {
    return new InviteActs(app, ops, log);
  }

  @Bean
  LetterSender letterSender(
      JdbcClient app,
      @Ops JdbcClient ops,
      SealedAddresses addresses,
      MemberProfiles profiles,
      TenantProfiles tenants,
      TenantGate gate,
      RingMac inviteRing,
      Mail mail,
      TransactionOperations transaction,
      Clock clock) {
    return new LetterSender(
        new FoundInvites(ops),
        new InviteRows(app),
        addresses,
        profiles,
        tenants,
        gate,
        inviteRing,
        random,
        mail,
        transaction,
        clock);
  }

  @Bean
  DueWork dueLetters(LetterSender letters, Clock clock) {
    return DueWork.ofLetters(letters::send, clock);
  }

  @Bean
  Invites invites(
      JdbcClient app,
      SealedAddresses addresses,
      MemberProfiles profiles,
      Authorization authorization,
      InviteActs acts,
      TransactionOperations transaction,
      DueWork dueLetters,
      InviteSettings settings,
      Clock clock) {
    return new Invites(
        new InviteRows(app),
        addresses,
        profiles,
        authorization,
        acts,
        transaction,
        dueLetters::now,
        new Ids(clock, random),
        settings,
        clock);
  }

  @Bean
  Invitations invitations(
      @Ops JdbcClient ops,
      SealedAddresses addresses,
      RingMac inviteRing,
      Sessions sessions,
      MemberProfiles profiles,
      TenantGate gate,
      Authorization authorization,
      InviteActs acts,
      @Ops TransactionOperations transaction,
      Clock clock) {
    return new Invitations(
        new FoundInvites(ops),
        addresses,
        inviteRing,
        sessions,
        profiles,
        gate,
        authorization,
        acts,
        transaction,
        clock);
  }
}
