package dev.cofferdam.server.identity;

import dev.cofferdam.server.audit.Outbox;
import dev.cofferdam.server.audit.PersonsTenants;
import dev.cofferdam.server.audit.Refusals;
import dev.cofferdam.server.audit.read.Records;
import dev.cofferdam.server.authz.Authorization;
import dev.cofferdam.server.authz.Grants;
import dev.cofferdam.server.keyring.ColumnCells;
import dev.cofferdam.server.keyring.ColumnCipher;
import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.keyring.Keyring;
import dev.cofferdam.server.keyring.MadeBetween;
import dev.cofferdam.server.limits.Limits;
import dev.cofferdam.server.mail.Mail;
import dev.cofferdam.server.surface.Ids;
import dev.cofferdam.server.tenancy.Ops;
import dev.cofferdam.server.tenancy.TenantGate;
import dev.cofferdam.server.tenancy.TenantProfiles;
import dev.cofferdam.server.tenancy.TenantState;
import dev.cofferdam.server.tenancy.Tenants;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Puts persons and sessions together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({IdentitySettings.class, SignUpSettings.class})
class IdentityConfiguration {
  private static final Set<TenantState> OPEN =
      EnumSet.of(TenantState.PROVISIONING, TenantState.ACTIVE);

  private final SecureRandom random = new SecureRandom();

  @Bean
  Acts acts(Outbox app, @Ops Outbox ops) {
    return new Acts(app, ops);
  }

  @Bean
  SealedCursors sealedCursors(Keyring keyring) {
    return new SealedCursors(keyring);
  }

  @Bean
  RingMac sessionRing(Keyring keyring, Clock clock) {
    return new RingMac(keyring, KeyPurpose.SESSION, clock);
  }

  @Bean
  RingMac csrfRing(Keyring keyring, Clock clock) {
    return new RingMac(keyring, KeyPurpose.CSRF, clock);
  }

  @Bean
  SealedForAWhile sealedForAWhile(JdbcClient app, Clock clock) {
    return new SealedForAWhile(app, clock);
  }

  @Bean
  MadeBetween sessionsOfKeys(JdbcClient app, Clock clock) {
    return made(app, clock, KeyPurpose.SESSION, "sessions");
  }

  @Bean
  MadeBetween invitesOfKeys(JdbcClient app, Clock clock) {
    return made(app, clock, KeyPurpose.INVITE, "open invitations");
  }

  @Bean
  MadeBetween tokensOfKeys(JdbcClient app, Clock clock) {
    return made(app, clock, KeyPurpose.TOKEN, "tokens of people and services");
  }

  private static MadeBetween made(JdbcClient app, Clock clock, KeyPurpose purpose, String what) {
    return new MadeBetween(
        app,
        clock,
        purpose,
        what,
        "select identity.made_between('" + purpose.label() + "', :from, :until, :now)");
  }

  @Bean
  ColumnCells namesOfMembers(JdbcClient app, ColumnCipher cipher) {
    return new ColumnCells(
        app, cipher, "identity.member_profile", "person_id", "profile_sealed", "names of members");
  }

  @Bean
  ColumnCells addressesOfInvites(JdbcClient app, ColumnCipher cipher) {
    return new ColumnCells(
        app, cipher, "identity.invite", "invite_id", "address_sealed", "addresses of invitations");
  }

  @Bean
  ColumnCells credentialsOfProviders(JdbcClient app, ColumnCipher cipher) {
    return new ColumnCells(
        app,
        cipher,
        "identity.provider",
        "provider_id",
        "credential_sealed",
        "credentials at identity providers");
  }

  @Bean
  Revocations revocations(@Ops JdbcClient ops, Clock clock) {
    return Revocations.of(ops, clock);
  }

  @Bean
  RevocationKeeper revocationKeeper(
      Revocations revocations, @Ops JdbcClient ops, IdentitySettings settings, Clock clock) {
    return new RevocationKeeper(revocations, ops, settings.sessionIdle(), clock);
  }

  @Bean
  LiveSessions liveSessions(
      JdbcClient app,
      @Ops JdbcClient ops,
      Revocations revocations,
      IdentitySettings settings,
      Clock clock) {
    return new LiveSessions(app, ops, revocations, settings.sessionIdle(), clock);
  }

  /** By the cookie alone: the edge asks the one that knows tokens too, which asks this. */
  @Bean(defaultCandidate = false)
  SessionAuthenticator sessionAuthenticator(
      RingMac sessionRing,
      RingMac csrfRing,
      LiveSessions sessions,
      Refusals refusals,
      Limits limits) {
    return new SessionAuthenticator(
        sessionRing, sessions, new CsrfTokens(csrfRing), new ForgedHandles(refusals, limits));
  }

  @Bean
  SessionHandles sessionHandles(RingMac sessionRing) {
    return new SessionHandles(sessionRing, random);
  }

  @Bean
  EmergencySessions emergencySessions(
      JdbcClient app,
      @Ops JdbcClient ops,
      @Ops TransactionOperations transaction,
      SessionHandles handles,
      ColumnCipher cipher,
      Acts acts,
      IdentitySettings settings,
      Clock clock) {
    return new EmergencySessions(
        ops,
        transaction,
        new SessionRows(app),
        handles,
        new Profiles(cipher),
        acts,
        new Ids(clock, random),
        settings,
        clock);
  }

  @Bean
  Sessions sessions(
      JdbcClient app,
      @Ops JdbcClient ops,
      TransactionOperations appTransaction,
      @Ops TransactionOperations opsTransaction,
      SessionHandles handles,
      ColumnCipher cipher,
      EmergencySessions emergencies,
      Acts acts,
      IdentitySettings settings,
      Clock clock) {
    return new Sessions(
        ops,
        opsTransaction,
        appTransaction,
        new SessionRows(app),
        handles,
        new Profiles(cipher),
        emergencies,
        acts,
        new Ids(clock, random),
        settings,
        clock);
  }

  @Bean
  Workspaces workspaces(
      @Ops JdbcClient ops,
      @Ops TransactionOperations transaction,
      SessionHandles handles,
      TenantGate gate,
      MemberProfiles profiles,
      SignInPolicies policies,
      Acts acts) {
    return new Workspaces(ops, transaction, handles, gate, profiles, policies, acts);
  }

  @Bean
  SignInPolicies signInPolicies(
      JdbcClient app,
      TransactionOperations transaction,
      Authorization authorization,
      Acts acts,
      Sessions sessions,
      Clock clock) {
    return new SignInPolicies(app, transaction, authorization, acts, sessions, clock);
  }

  @Bean
  MemberProfiles memberProfiles(
      JdbcClient app, ColumnCipher cipher, Sessions sessions, Clock clock) {
    return new MemberProfiles(app, cipher, sessions, clock);
  }

  @Bean
  OwnersPost ownersPost(JdbcClient app, MemberProfiles profiles, Mail mail) {
    return new OwnersPost(app, profiles, mail);
  }

  @Bean
  PersonsTenants personsTenants(Workspaces workspaces) {
    return person ->
        workspaces.of(person).stream()
            .filter(one -> OPEN.contains(one.state()))
            .map(WorkspaceView::tenant)
            .toList();
  }

  @Bean
  StepUps stepUps(
      @Ops JdbcClient ops,
      @Ops TransactionOperations transaction,
      SessionHandles handles,
      Acts acts) {
    return new StepUps(ops, transaction, handles, acts);
  }

  @Bean
  SignUp signUp(
      Tenants tenants,
      Workspaces workspaces,
      Sessions sessions,
      SignUpSettings signUpSettings,
      @Ops JdbcClient ops,
      @Ops TransactionOperations transaction,
      Acts acts,
      IdentitySettings settings,
      Clock clock) {
    return new SignUp(
        tenants,
        workspaces,
        new SignUpGuards(signUpSettings, sessions),
        ops,
        transaction,
        acts,
        new Ids(clock, random),
        settings,
        clock);
  }

  @Bean
  TenantCard tenantCard(TenantProfiles profiles, TransactionOperations transaction, Acts acts) {
    return new TenantCard(profiles, transaction, acts);
  }

  @Bean
  Memberships memberships(
      JdbcClient app,
      TransactionOperations transaction,
      Grants grants,
      Authorization authorization,
      Acts acts,
      Clock clock) {
    return new Memberships(
        new MembershipRows(app), transaction, grants, authorization, acts, clock);
  }

  @Bean
  MembershipHistory membershipHistory(Records records) {
    return new MembershipHistory(records);
  }
}
