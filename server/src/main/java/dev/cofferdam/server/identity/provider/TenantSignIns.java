package dev.cofferdam.server.identity.provider;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cofferdam.server.identity.ForeignIdentity;
import dev.cofferdam.server.identity.ProviderId;
import dev.cofferdam.server.identity.ProviderRef;
import dev.cofferdam.server.identity.ReturnPath;
import dev.cofferdam.server.identity.SignInAim;
import dev.cofferdam.server.identity.SignInPolicies;
import dev.cofferdam.server.identity.domain.Domains;
import dev.cofferdam.server.identity.oidc.Begun;
import dev.cofferdam.server.identity.oidc.BrowserHandle;
import dev.cofferdam.server.identity.oidc.CallbackAnswer;
import dev.cofferdam.server.identity.oidc.Client;
import dev.cofferdam.server.identity.oidc.ClientAuthentication;
import dev.cofferdam.server.identity.oidc.Ended;
import dev.cofferdam.server.identity.oidc.Issuer;
import dev.cofferdam.server.identity.oidc.PendingSignIn;
import dev.cofferdam.server.identity.oidc.RelyingParties;
import dev.cofferdam.server.identity.oidc.RelyingParty;
import dev.cofferdam.server.identity.oidc.SignInFault;
import dev.cofferdam.server.identity.oidc.SignInRequest;
import dev.cofferdam.server.identity.oidc.SignOutWay;
import dev.cofferdam.server.identity.oidc.Trouble;
import dev.cofferdam.server.identity.oidc.UnverifiedAddress;
import dev.cofferdam.server.mail.EmailAddress;
import dev.cofferdam.server.surface.AcrClass;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantEntry;
import dev.cofferdam.server.tenancy.TenantGate;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The way to a tenant's own identity provider and back. What comes back says nothing outside of
 * that tenant. Safe for use by many threads.
 */
public final class TenantSignIns {
  private static final List<String> SCOPES = List.of("profile", "email");
  private static final long REMEMBERED = 10_000;
  private static final Duration UNUSED = Duration.ofHours(2);

  private final PlacedProviders placed;
  private final TenantGate gate;
  private final ProviderRows rows;
  private final SealedCredentials credentials;
  private final RelyingParties parties;
  private final Domains domains;
  private final SignInPolicies policies;
  private final ProviderActs acts;
  private final TransactionOperations transaction;
  private final Runnable letterDue;
  private final Clock clock;
  // A provider never changes but for its state, so what is known of its document and keys stays
  // its own.
  private final Cache<ProviderId, RelyingParty> known =
      Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterAccess(UNUSED).build();

  /**
   * @param letterDue told that owners are to be written to
   */
  TenantSignIns(
      PlacedProviders placed,
      TenantGate gate,
      ProviderRows rows,
      SealedCredentials credentials,
      RelyingParties parties,
      Domains domains,
      SignInPolicies policies,
      ProviderActs acts,
      TransactionOperations transaction,
      Runnable letterDue,
      Clock clock) {
    this.placed = placed;
    this.gate = gate;
    this.rows = rows;
    this.credentials = credentials;
    this.parties = parties;
    this.domains = domains;
    this.policies = policies;
    this.acts = acts;
    this.transaction = transaction;
    this.letterDue = letterDue;
    this.clock = clock;
  }

  /**
   * Begins a new session.
   *
   * @return empty when nobody signs in at such a provider
   */
  public Optional<Begun> begin(
      ProviderId id, URI redirect, ReturnPath back, Optional<BrowserHandle> browser) {
    return within(
        id,
        (at, row) -> {
          AcrClass asked = stronger(row.leastAcr(), policies.current().least());
          return row.active()
              ? begun(
                  row,
                  new SignInRequest(
                      redirect, back, new SignInAim.At(at), null, row.acrValues().valuesOf(asked)),
                  browser)
              : null;
        });
  }

  private static AcrClass stronger(AcrClass one, AcrClass other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  /** Begins a sign-in again, of a session that was begun there. */
  public Optional<Begun> stepUp(
      Caller.SignedIn caller,
      ProviderRef at,
      AcrClass least,
      @Nullable Duration maxAge,
      URI redirect,
      ReturnPath back,
      Optional<BrowserHandle> browser) {
    return within(
        at.id(),
        (place, row) ->
            row.active()
                ? begun(
                    row,
                    new SignInRequest(
                        redirect,
                        back,
                        new SignInAim.StepUpAt(place, caller.session()),
                        maxAge,
                        row.acrValues().valuesOf(stronger(row.leastAcr(), least))),
                    browser)
                : null);
  }

  /**
   * Lets an owner of the tenant that is bound see whether it works; nobody gets a session by it.
   *
   * @return empty when the tenant has no such provider
   */
  public Optional<Begun> tryOut(
      Caller.Person by,
      ProviderId id,
      URI redirect,
      ReturnPath back,
      Optional<BrowserHandle> browser) {
    return rows.find(id)
        .map(
            row ->
                trialBegun(
                    row,
                    new SignInRequest(
                        redirect,
                        back,
                        new SignInAim.Trial(
                            new ProviderRef(by.tenant().orElseThrow(), id), by.session()),
                        null,
                        row.acrValues().valuesOf(row.leastAcr())),
                    browser));
  }

  private Begun trialBegun(
      ProviderRows.Row row, SignInRequest request, Optional<BrowserHandle> browser) {
    Begun begun = begun(row, request, browser);
    if (begun instanceof Begun.IdpUnavailable) {
      rows.tried(row.id(), TrialResult.of(TrialOutcome.UNAVAILABLE), clock.instant());
    }
    return begun;
  }

  /**
   * Where a browser signs out at such a provider too.
   *
   * @return empty when nobody signs in there
   */
  public Optional<SignOutWay> signOut(ProviderId id, URI back) {
    return within(id, (at, row) -> row.active() ? party(row).signOut(back) : null);
  }

  private Begun begun(
      ProviderRows.Row row, SignInRequest request, Optional<BrowserHandle> browser) {
    Begun begun = party(row).begin(request, browser);
    if (begun instanceof Begun.IdpUnavailable(Trouble trouble)) {
      fails(row, trouble);
    }
    return begun;
  }

  /**
   * Ends a sign-in at this provider. Of whoever has signed in, what the tenant may not be told by
   * its provider is gone.
   *
   * @param id by the place that the browser was sent back to: an answer of another provider, to
   *     which somebody was led on the way to this one, comes to another place
   */
  public TenantEnded end(ProviderId id, CallbackAnswer answer, BrowserHandle browser) {
    Optional<PendingSignIn> taken = parties.taken(answer, browser);
    if (taken.isEmpty() || !at(taken.get().aim()).map(ProviderRef::id).equals(Optional.of(id))) {
      return notBegunHere();
    }
    return within(id, (at, row) -> ended(row, answer, taken.get()))
        .orElseGet(TenantSignIns::notBegunHere);
  }

  private static TenantEnded notBegunHere() {
    return new TenantEnded.OfPeople(new Ended.NotBegunHere());
  }

  private static Optional<ProviderRef> at(SignInAim aim) {
    return switch (aim) {
      case SignInAim.At(ProviderRef provider) -> Optional.of(provider);
      case SignInAim.StepUpAt(ProviderRef provider, var session) -> Optional.of(provider);
      case SignInAim.Trial(ProviderRef provider, var session) -> Optional.of(provider);
      case SignInAim.AsPerson person -> Optional.empty();
      case SignInAim.AsOperator operator -> Optional.empty();
      case SignInAim.StepUp stepUp -> Optional.empty();
    };
  }

  private @Nullable TenantEnded ended(
      ProviderRows.Row row, CallbackAnswer answer, PendingSignIn begun) {
    if (begun.aim() instanceof SignInAim.Trial trial) {
      return new TenantEnded.OfTrial(
          trial, begun.returnTo(), result(row, judged(row, answer, begun)));
    }
    return row.active() ? new TenantEnded.OfPeople(counted(row, judged(row, answer, begun))) : null;
  }

  /** What it came to, with a note of whether the provider can be used. */
  private Ended judged(ProviderRows.Row row, CallbackAnswer answer, PendingSignIn begun) {
    Ended ended = party(row).end(answer, begun);
    return switch (ended) {
      case Ended.SignedIn signedIn -> {
        works(row);
        yield signedIn.who().acr().compareTo(row.leastAcr()) < 0
            ? new Ended.Refused(SignInFault.PROVIDER_ACR)
            : signedIn;
      }
      case Ended.IdpUnavailable unavailable -> {
        fails(row, unavailable.trouble());
        yield unavailable;
      }
      case Ended.Declined declined -> declined;
      case Ended.Refused refused -> refused;
      case Ended.NotBegunHere elsewhere -> elsewhere;
    };
  }

  private TrialResult result(ProviderRows.Row row, Ended ended) {
    return switch (ended) {
      case Ended.SignedIn signedIn -> TrialResult.of(outcome(row, signedIn));
      case Ended.IdpUnavailable unavailable -> TrialResult.of(TrialOutcome.UNAVAILABLE);
      case Ended.Declined declined -> TrialResult.of(TrialOutcome.DECLINED);
      case Ended.Refused(SignInFault fault) -> TrialResult.refused(fault);
      // A provider never changes its issuer, so that a trial of it is never another's.
      case Ended.NotBegunHere elsewhere -> TrialResult.refused(SignInFault.CALLBACK_ISSUER);
    };
  }

  private TrialOutcome outcome(ProviderRows.Row row, Ended.SignedIn signedIn) {
    ForeignIdentity who = addressed(row, signedIn);
    if (who.email() == null) {
      return signedIn.unverified() == null
          ? TrialOutcome.ADDRESS_MISSING
          : TrialOutcome.ADDRESS_UNVERIFIED;
    }
    return believed(who).email() == null ? TrialOutcome.ADDRESS_UNPROVEN : TrialOutcome.PASSED;
  }

  /** Without what the tenant may not be told by its provider. */
  private Ended counted(ProviderRows.Row row, Ended ended) {
    return ended instanceof Ended.SignedIn signedIn
        ? new Ended.SignedIn(
            believed(addressed(row, signedIn)), null, signedIn.aim(), signedIn.returnTo())
        : ended;
  }

  /**
   * With the address that the provider says nothing of, where its tenant has chosen that its
   * domains speak for it. That counts in those alone, which {@link #believed} sees to.
   */
  private static ForeignIdentity addressed(ProviderRows.Row row, Ended.SignedIn signedIn) {
    @Nullable UnverifiedAddress unverified = signedIn.unverified();
    return row.verifiedByDomain() && unverified != null && !unverified.denied()
        ? withAddress(signedIn.who(), unverified.text())
        : signedIn.who();
  }

  /** Without an address in a domain that the tenant has not proven. */
  private ForeignIdentity believed(ForeignIdentity who) {
    boolean proven =
        Optional.ofNullable(who.email())
            .flatMap(EmailAddress::of)
            .filter(domains::isProvenFor)
            .isPresent();
    return withAddress(who, proven ? who.email() : null);
  }

  /** Whoever it is, no operator: those are the platform's to name. */
  private static ForeignIdentity withAddress(ForeignIdentity who, @Nullable String email) {
    return new ForeignIdentity(
        who.issuer(), who.subject(), email, who.name(), who.acr(), who.amr(), who.authTime());
  }

  /**
   * Notes what came of it that an owner tried it, in the session that they began to try in.
   *
   * @return false when that is another session by now, or the provider is gone: then it is nobody's
   *     to know
   */
  public boolean tried(Call call, Caller.Person by, TenantEnded.OfTrial ended) {
    SignInAim.Trial trial = ended.trial();
    if (!by.session().equals(trial.session())
        || !by.tenant().equals(Optional.of(trial.provider().tenant()))) {
      return false;
    }
    return within(
            trial.provider().id(),
            (at, row) ->
                transaction.execute(
                    status -> {
                      noteTrial(call, by, row, ended.result());
                      return true;
                    }))
        .orElse(false);
  }

  private void noteTrial(Call call, Caller.Person by, ProviderRows.Row row, TrialResult result) {
    rows.tried(row.id(), result, clock.instant());
    if (result.isThrough()) {
      acts.done(call, by, "provider.tried", row.id(), row.issuer());
    } else {
      acts.notThrough(call, by, row.id(), row.issuer(), result.label());
    }
  }

  private RelyingParty party(ProviderRows.Row row) {
    return known.get(row.id(), id -> parties.of(client(row), row.acrValues()));
  }

  private Client client(ProviderRows.Row row) {
    return new Client(
        new Issuer(row.issuer()),
        row.clientId(),
        switch (row.proof()) {
          case CLIENT_SECRET ->
              ClientAuthentication.bySecret(() -> credentials.open(row.id(), row.sealed()));
          case PRIVATE_KEY_JWT ->
              ClientAuthentication.byKey(() -> credentials.openKey(row.id(), row.sealed()));
        },
        SCOPES,
        // Operators are the platform's to name.
        Optional.empty(),
        row.names());
  }

  private void fails(ProviderRows.Row row, Trouble trouble) {
    noted(
        () -> rows.fails(row.id(), trouble, clock.instant()),
        () -> acts.degraded(row.id(), trouble));
  }

  private void works(ProviderRows.Row row) {
    noted(() -> rows.works(row.id(), clock.instant()), () -> acts.recovered(row.id()));
  }

  /** With its record, and a letter to the owners, where it is news. */
  private void noted(BooleanSupplier change, Runnable record) {
    boolean news =
        Boolean.TRUE.equals(
            transaction.execute(
                status -> {
                  boolean changed = change.getAsBoolean();
                  if (changed) {
                    record.run();
                  }
                  return changed;
                }));
    if (news) {
      letterDue.run();
    }
  }

  /** Runs in the scope of whose provider it is; empty when there is none, or nothing came of it. */
  private <T> Optional<T> within(
      ProviderId id, BiFunction<ProviderRef, ProviderRows.Row, @Nullable T> work) {
    return placed
        .tenantOf(id.value())
        .flatMap(
            tenant ->
                gate.enter(tenant) instanceof TenantEntry.Entered(Scope.OfTenant place)
                    ? Scopes.call(
                        place,
                        () ->
                            rows.find(id).map(row -> work.apply(new ProviderRef(tenant, id), row)))
                    : Optional.empty());
  }
}
