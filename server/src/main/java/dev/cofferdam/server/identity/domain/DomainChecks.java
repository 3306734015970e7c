package dev.cofferdam.server.identity.domain;

import dev.cofferdam.server.egress.TextRecords;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/** Looks at the DNS, and notes what it says. The look is outside of any transaction. */
final class DomainChecks {
  static final Scope SCOPE = new Scope.OfPlatform(new Purpose("domains"));

  private final TextRecords dns;
  private final NotedDomains noted;
  private final DomainActs acts;
  private final TransactionOperations transaction;
  private final DomainSettings settings;
  private final Clock clock;

  /**
   * @param transaction of {@code cofferdam_ops}
   */
  DomainChecks(
      TextRecords dns,
      NotedDomains noted,
      DomainActs acts,
      TransactionOperations transaction,
      DomainSettings settings,
      Clock clock) {
    this.dns = dns;
    this.noted = noted;
    this.acts = acts;
    this.transaction = transaction;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Looks at a claim.
   *
   * @param recorded called inside the transaction that notes it
   */
  NotedDomains.Noted look(
      NotedDomains.Claim claim, DomainName name, Consumer<NotedDomains.Noted> recorded) {
    @Nullable List<String> given = given(name);
    return Scopes.call(
        SCOPE,
        () ->
            Objects.requireNonNull(
                transaction.execute(
                    status -> {
                      NotedDomains.Noted became =
                          noted.note(claim, given, clock.instant(), settings);
                      became.superseded().ifPresent(acts::superseded);
                      recorded.accept(became);
                      return became;
                    })));
  }

  private @Nullable List<String> given(DomainName name) {
    return switch (dns.of(Challenge.placeOf(name))) {
      case TextRecords.Answer.Given(List<String> texts) ->
          texts.stream().filter(Challenge::isOne).toList();
      case TextRecords.Answer.Unanswered nothing -> null;
    };
  }
}
