package dev.cofferdam.server.oauth.exchange;

import dev.cofferdam.server.authz.Action;
import dev.cofferdam.server.authz.Authorization;
import dev.cofferdam.server.authz.Decision;
import dev.cofferdam.server.authz.Facts;
import dev.cofferdam.server.authz.Matter;
import dev.cofferdam.server.authz.Reason;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Ids;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.ServiceId;
import dev.cofferdam.server.surface.TokenScope;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.Tenants;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Whose tokens the tenant that is bound lets programs exchange, and for what. Its owners say so; a
 * rule makes a service, so writing one is looked at again behind locks, as making a token is.
 */
public final class Trust {
  /** How many a tenant may trust. */
  private static final int MOST = 20;

  private final TrustRows rows;
  private final MadeRules rules;
  private final TransactionOperations transaction;
  private final Authorization authorization;
  private final TrustActs acts;
  private final PublicIssuers publicIssuers = PublicIssuers.read();
  private final Ids ids;
  private final Clock clock;

  Trust(
      TrustRows rows,
      MadeRules rules,
      TransactionOperations transaction,
      Authorization authorization,
      TrustActs acts,
      Ids ids,
      Clock clock) {
    this.rows = rows;
    this.rules = rules;
    this.transaction = transaction;
    this.authorization = authorization;
    this.acts = acts;
    this.ids = ids;
    this.clock = clock;
  }

  /** By id, which is by when they were named. */
  public Page<TrustedIssuerView> list(PageRequest asked) {
    return rows.page(asked);
  }

  public Optional<TrustedIssuerView> find(TrustedIssuerId id) {
    return rows.find(id);
  }

  /** The rules of one, in the order in which they were made. */
  public List<RuleView> rules(TrustedIssuerId of) {
    return rows.rules(of);
  }

  /**
   * Names one.
   *
   * @param kept called inside the transaction with what it came to
   */
  public TrustChange<TrustedIssuerView> trust(
      Call call, Caller.Person by, IssuerWish wish, Consumer<Recorded<TrustedIssuerView>> kept) {
    return deciding(by, () -> inTransaction(() -> trusted(call, by, wish, kept)));
  }

  private TrustChange<TrustedIssuerView> trusted(
      Call call, Caller.Person by, IssuerWish wish, Consumer<Recorded<TrustedIssuerView>> kept) {
    Optional<String> wrong = wish.wrong();
    if (wrong.isPresent()) {
      return new TrustChange.Wrong<>(wrong.get());
    }
    if (rows.count() >= MOST) {
      return new TrustChange.TooMany<>();
    }
    TrustedIssuerId id = new TrustedIssuerId(ids.next());
    TrustedIssuerView issuer =
        new TrustedIssuerView(
            id,
            wish.label(),
            wish.issuer(),
            wish.keys(),
            // Nobody else's: a token for it can be exchanged nowhere else.
            wish.audience().orElseGet(id::toString),
            wish.reusable(),
            by.id(),
            now());
    rows.insert(issuer);
    Recorded<TrustedIssuerView> made = new Recorded<>(acts.of(call, by, "added", issuer), issuer);
    kept.accept(made);
    return new TrustChange.Done<>(made);
  }

  /** Gives one up, with its rules: what was exchanged by them is refused within a second. */
  public TrustChange<TrustedIssuerView> remove(Call call, Caller.Person by, TrustedIssuerId id) {
    return deciding(
        by,
        () ->
            inTransaction(
                () ->
                    rows.delete(id)
                        .<TrustChange<TrustedIssuerView>>map(
                            gone ->
                                new TrustChange.Done<>(
                                    new Recorded<>(acts.of(call, by, "removed", gone), gone)))
                        .orElseGet(TrustChange.Unknown::new)));
  }

  /** Makes a rule of one. */
  public TrustChange<RuleView> make(
      Call call, Caller.Person by, TrustedIssuerId of, RuleWish wish) {
    return deciding(
        by,
        () -> {
          Optional<TrustedIssuerView> issuer = rows.find(of);
          if (issuer.isEmpty()) {
            return new TrustChange.Unknown<>();
          }
          Optional<String> wrong =
              wish.wrong()
                  .or(
                      () ->
                          publicIssuers.allow(issuer.get().issuer(), wish.conditions())
                              ? Optional.empty()
                              : Optional.of("conditions"));
          return wrong.isPresent()
              ? new TrustChange.Wrong<>(wrong.get())
              : made(call, by, of, wish);
        });
  }

  private TrustChange<RuleView> made(
      Call call, Caller.Person by, TrustedIssuerId of, RuleWish wish) {
    TenantId tenant = Tenants.current();
    RuleView rule =
        new RuleView(
            new RuleId(ids.next()),
            of,
            wish.label(),
            wish.conditions(),
            wish.joins().orElseGet(() -> new ServiceId(ids.next())),
            wish.role(),
            wish.scopes().stream().map(TokenScope::text).sorted().toList(),
            by.id(),
            now(),
            Optional.empty(),
            Optional.empty());
    return rules.make(call, by, tenant, rule, wish.joins().isPresent());
  }

  /** Ends a rule: what was exchanged by it is refused within a second. */
  public TrustChange<RuleView> remove(
      Call call, Caller.Person by, TrustedIssuerId of, RuleId rule) {
    return deciding(
        by,
        () ->
            inTransaction(
                () ->
                    rows.delete(of, rule)
                        .<TrustChange<RuleView>>map(
                            gone ->
                                new TrustChange.Done<>(
                                    new Recorded<>(acts.removed(call, by, gone), gone)))
                        .orElseGet(TrustChange.Unknown::new)));
  }

  private <V> TrustChange<V> deciding(Caller.Person by, Supplier<TrustChange<V>> work) {
    Facts facts =
        Facts.of(
            by,
            Action.CHANGE_FEDERATION,
            Tenants.current(),
            new Matter.OnTenant(),
            clock.instant());
    return authorization.decide(facts) instanceof Decision.Denied(Reason reason)
        ? new TrustChange.Denied<>(reason)
        : work.get();
  }

  private <V> TrustChange<V> inTransaction(Supplier<TrustChange<V>> work) {
    return Objects.requireNonNull(transaction.execute(status -> work.get()));
  }

  /** As finely as PostgreSQL keeps it. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
