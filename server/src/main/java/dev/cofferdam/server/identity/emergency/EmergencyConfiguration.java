package dev.cofferdam.server.identity.emergency;

import dev.cofferdam.server.authz.Authorization;
import dev.cofferdam.server.identity.Acts;
import dev.cofferdam.server.identity.DueWork;
import dev.cofferdam.server.identity.EmergencySessions;
import dev.cofferdam.server.identity.MemberProfiles;
import dev.cofferdam.server.mail.Mail;
import dev.cofferdam.server.tenancy.Ops;
import dev.cofferdam.server.tenancy.TenantGate;
import dev.cofferdam.server.tenancy.TenantProfiles;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Puts break-glass together. */
@Configuration(proxyBeanMethods = false)
class EmergencyConfiguration {

  @Bean
  EmergencyLetters emergencyLetters(
      JdbcClient app,
      @Ops JdbcClient ops,
      MemberProfiles profiles,
      TenantProfiles tenants,
      TenantGate gate,
      Mail mail,
      Clock clock) {
    return new EmergencyLetters(app, ops, profiles, tenants, gate, mail, clock);
  }

  @Bean
  DueWork dueEmergencyLetters(EmergencyLetters letters, Clock clock) {
    return DueWork.ofLetters(letters::send, clock);
  }

  @Bean
  Emergencies emergencies(
      JdbcClient app,
      TransactionOperations transaction,
      EmergencySessions sessions,
      TenantGate gate,
      Authorization authorization,
      Acts acts,
      DueWork dueEmergencyLetters,
      Clock clock) {
    return new Emergencies(
        app, transaction, sessions, gate, authorization, acts, dueEmergencyLetters::now, clock);
  }
}
