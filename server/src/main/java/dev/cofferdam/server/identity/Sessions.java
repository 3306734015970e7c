package dev.cofferdam.server.identity;

import dev.cofferdam.server.mail.EmailAddress;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Ids;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.surface.SessionId;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The sessions of persons: begun by a sign-in, ended by their person, by another sign-in in the
 * same browser, or by time. What ends here is refused by every server within a second. Safe for use
 * by many threads.
 */
public final class Sessions {
  private static final Scope SIGN_IN = new Scope.OfPlatform(new Purpose("sign_in"));
  private static final Scope TENANT_SIGN_IN = new Scope.OfPlatform(new Purpose("tenant_sign_in"));

  private final JdbcClient ops;
  private final TransactionOperations opsTransaction;
  private final TransactionOperations appTransaction;
  private final SessionRows rows;
  private final SessionHandles handles;
  private final Profiles profiles;
  private final EmergencySessions emergencies;
  private final Acts acts;
  private final Ids ids;
  private final IdentitySettings settings;
  private final Clock clock;

  Sessions(
      JdbcClient ops,
      TransactionOperations opsTransaction,
      TransactionOperations appTransaction,
      SessionRows rows,
      SessionHandles handles,
      Profiles profiles,
      EmergencySessions emergencies,
      Acts acts,
      Ids ids,
      IdentitySettings settings,
      Clock clock) {
    this.ops = ops;
    this.opsTransaction = opsTransaction;
    this.appTransaction = appTransaction;
    this.rows = rows;
    this.handles = handles;
    this.profiles = profiles;
    this.emergencies = emergencies;
    this.acts = acts;
    this.ids = ids;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Begins a session of whom an identity provider has signed in, and makes the person at the first
   * time. It is in no workspace.
   */
  public OpenedSession open(ForeignIdentity who, Arrival from) {
    return open(who, from, Kind.PERSON);
  }

  /**
   * The same as an operator of the platform, in a session that never enters a workspace and does
   * not live long.
   *
   * @return empty when nobody names them one
   */
  public Optional<OpenedSession> openAsOperator(ForeignIdentity who, Arrival from) {
    return who.operator() ? Optional.of(open(who, from, Kind.OPERATOR)) : Optional.empty();
  }

  private enum Kind {
    PERSON,
    OPERATOR
  }

  private OpenedSession open(ForeignIdentity who, Arrival from, Kind kind) {
    SessionId session = new SessionId(ids.next());
    SessionHandle handle = handles.make();
    byte[] profile = profiles.seal(session, new Profile(who.name(), who.email()));
    return Scopes.call(
        SIGN_IN,
        () ->
            Objects.requireNonNull(
                opsTransaction.execute(
                    status -> {
                      PersonId person =
                          signIn(who, from, kind, session, handle, profile, clock.instant());
                      RecordId record =
                          kind == Kind.OPERATOR
                              ? acts.signedInAsOperator(from.call(), person, session, who.acr())
                              : acts.signedIn(from.call(), person, session, who.acr());
                      return new OpenedSession(person, session, handle, record);
                    })));
  }

  private PersonId signIn(
      ForeignIdentity who,
      Arrival from,
      Kind kind,
      SessionId session,
      SessionHandle handle,
      byte[] profile,
      Instant now) {
    return new PersonId(
        ops.sql(
                """
                select identity.sign_in(:issuer, :subject, :operator, :person, :session, :hash, :previous, :acr, :amr,
                                        :auth_time, :profile, :address::inet, :agent, :now, :expires, :most)
                """)
            .param("issuer", who.issuer())
            .param("subject", who.subject())
            .param("operator", kind == Kind.OPERATOR)
            .param("person", ids.next())
            .param("session", session.value())
            .param("hash", handle.hash().bytes())
            .param("previous", from.previous().map(old -> old.hash().bytes()).orElse(new byte[0]))
            .param("acr", Stored.name(who.acr()))
            .param("amr", who.amr().toArray(String[]::new))
            .param("auth_time", who.authTime().atOffset(ZoneOffset.UTC))
            .param("profile", profile)
            .param("address", from.call().address().getHostAddress())
            .param("agent", from.agent())
            .param("now", now.atOffset(ZoneOffset.UTC))
            .param("expires", now.plus(lifetime(kind)).atOffset(ZoneOffset.UTC))
            .param("most", settings.sessionsPerPerson())
            .query(UUID.class)
            .single());
  }

  private Duration lifetime(Kind kind) {
    return switch (kind) {
      case PERSON -> settings.sessionLifetime();
      case OPERATOR -> settings.operatorLifetime();
    };
  }

  /**
   * Begins a session of whom a tenant's own provider has signed in: a person of that tenant, who
   * can be in no other.
   *
   * @return empty when the provider is not active any more
   */
  public Optional<OpenedSession> openAt(ProviderRef at, ForeignIdentity who, Arrival from) {
    SessionId session = new SessionId(ids.next());
    SessionHandle handle = handles.make();
    byte[] profile = profiles.seal(session, new Profile(who.name(), who.email()));
    return Scopes.call(
        TENANT_SIGN_IN,
        () ->
            Objects.requireNonNull(
                opsTransaction.execute(
                    status ->
                        signInAt(at, who, from, session, handle, profile, clock.instant())
                            .map(
                                person ->
                                    new OpenedSession(
                                        person,
                                        session,
                                        handle,
                                        acts.signedInAt(
                                            from.call(), person, session, at, who.acr()))))));
  }

  private Optional<PersonId> signInAt(
      ProviderRef at,
      ForeignIdentity who,
      Arrival from,
      SessionId session,
      SessionHandle handle,
      byte[] profile,
      Instant now) {
    return ops.sql(
            """
            select identity.sign_in_at(:tenant, :provider, :issuer, :subject, :person, :session, :hash, :previous, :acr,
                                       :amr, :auth_time, :profile, :address::inet, :agent, :now, :expires, :most)
            """)
        .param("tenant", at.tenant().value())
        .param("provider", at.id().value())
        .param("issuer", who.issuer())
        .param("subject", who.subject())
        .param("person", ids.next())
        .param("session", session.value())
        .param("hash", handle.hash().bytes())
        .param("previous", from.previous().map(old -> old.hash().bytes()).orElse(new byte[0]))
        .param("acr", Stored.name(who.acr()))
        .param("amr", who.amr().toArray(String[]::new))
        .param("auth_time", who.authTime().atOffset(ZoneOffset.UTC))
        .param("profile", profile)
        .param("address", from.call().address().getHostAddress())
        .param("agent", from.agent())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("expires", now.plus(settings.sessionLifetime()).atOffset(ZoneOffset.UTC))
        .param("most", settings.sessionsPerPerson())
        .query((row, n) -> Optional.ofNullable(row.getObject(1, UUID.class)).map(PersonId::new))
        .single();
  }

  /** The tenant's own provider that this session was begun at; empty for the platform's. */
  public Optional<ProviderRef> provider(Caller.SignedIn caller) {
    return provider(origin(caller));
  }

  private static Optional<ProviderRef> provider(Optional<SessionRows.Origin> origin) {
    return origin.map(SessionRows.Origin::provider);
  }

  /** The sessions of a person that have not ended, the one that was used last first. */
  public List<SessionView> of(PersonId person) {
    Instant now = clock.instant();
    return Scopes.call(
        new Scope.OfPerson(person),
        () -> rows.alive(person, now, now.minus(settings.sessionIdle())));
  }

  /** How the identity provider called the person when this session began. */
  public Profile profile(Caller.SignedIn caller) {
    return profile(caller, origin(caller));
  }

  private Profile profile(Caller.SignedIn caller, Optional<SessionRows.Origin> origin) {
    return profiles.open(caller.session(), origin.map(SessionRows.Origin::profile).orElse(null));
  }

  private Optional<SessionRows.Origin> origin(Caller.SignedIn caller) {
    return Scopes.call(
        new Scope.OfPerson(caller.id()), () -> rows.origin(caller.id(), caller.session()));
  }

  /** Who vouches for a person in their session. */
  sealed interface Voucher {
    /**
     * The platform's provider.
     *
     * @param address that it has verified
     */
    record OfPlatform(Optional<EmailAddress> address) implements Voucher {}

    /** A tenant's own. */
    record OfTenant(ProviderRef provider) implements Voucher {}
  }

  Voucher voucher(Caller.Person caller) {
    Optional<SessionRows.Origin> origin = origin(caller);
    return provider(origin)
        .<Voucher>map(Voucher.OfTenant::new)
        .orElseGet(() -> new Voucher.OfPlatform(address(profile(caller, origin))));
  }

  /**
   * The address that the platform's provider vouches for in this session, or for what is done in
   * this tenant its own, in the domains that it had proven when the session began.
   */
  public Optional<EmailAddress> verifiedAddress(Caller.Person caller, TenantId tenant) {
    Optional<SessionRows.Origin> origin = origin(caller);
    return speaksFor(provider(origin), tenant)
        ? address(profile(caller, origin))
        : Optional.empty();
  }

  /** The platform's provider does for every tenant, a tenant's own for it alone. */
  private static boolean speaksFor(Optional<ProviderRef> provider, TenantId tenant) {
    return provider.stream().allMatch(at -> at.tenant().equals(tenant));
  }

  private static Optional<EmailAddress> address(Profile profile) {
    return Optional.ofNullable(profile.email()).flatMap(EmailAddress::of);
  }

  /**
   * Ends one session of the caller's own; with it the emergency that it is for, if it is for one.
   *
   * @return the record of it, or empty when the caller has no such session
   */
  public Optional<RecordId> end(Call call, Caller.SignedIn caller, SessionId session) {
    Optional<RecordId> emergency =
        forEmergencies(caller.id()).contains(session)
            ? emergencies.end(call, caller.id(), session)
            : Optional.empty();
    return emergency.isPresent() ? emergency : endOne(call, caller, session);
  }

  private List<SessionId> forEmergencies(PersonId person) {
    return Scopes.call(new Scope.OfPerson(person), () -> rows.forEmergencies(person));
  }

  private Optional<RecordId> endOne(Call call, Caller.SignedIn caller, SessionId session) {
    return inPerson(
        caller.id(),
        () ->
            rows.end(caller.id(), session).stream()
                .findFirst()
                .map(ended -> acts.sessionEnded(call, caller, ended)));
  }

  /** Ends every session of the caller, this one too. */
  public RecordId endAll(Call call, Caller.SignedIn caller) {
    forEmergencies(caller.id()).forEach(session -> emergencies.end(call, caller.id(), session));
    return inPerson(
        caller.id(), () -> acts.allSessionsEnded(call, caller, rows.endAll(caller.id()).size()));
  }

  private <T> T inPerson(PersonId person, Supplier<T> work) {
    return Scopes.call(
        new Scope.OfPerson(person),
        () -> Objects.requireNonNull(appTransaction.execute(status -> work.get())));
  }
}
