package dev.cofferdam.server.nodes;

import dev.cofferdam.protocol.jose.NodeStatement;
import dev.cofferdam.server.identity.RingMac;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Ids;
import dev.cofferdam.server.surface.NodeId;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantEntry;
import dev.cofferdam.server.tenancy.TenantGate;
import dev.cofferdam.server.tenancy.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Makes machines nodes (docs/adr/0079-registration-is-one-signed-statement.md). Whoever calls is
 * nobody yet: what costs more comes later, and nothing is told to who has no genuine token. Safe
 * for use by many threads.
 */
public final class Registrations {
  private static final Scope SCOPE = new Scope.OfPlatform(new Purpose("register_node"));
  private static final Set<String> OWN = Set.of(NodeStatement.BOOTSTRAP_TOKEN);

  private final OpsNodes nodes;
  private final TenantGate gate;
  private final RingMac ring;
  private final NodeActs acts;
  private final TransactionOperations transaction;
  private final Ids ids;
  private final NodeSettings settings;
  private final Clock clock;

  Registrations(
      OpsNodes nodes,
      TenantGate gate,
      RingMac ring,
      NodeActs acts,
      TransactionOperations transaction,
      Ids ids,
      NodeSettings settings,
      Clock clock) {
    this.nodes = nodes;
    this.gate = gate;
    this.ring = ring;
    this.acts = acts;
    this.transaction = transaction;
    this.ids = ids;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Makes whoever signed the statement a node, once for each token. The same keys get the same
   * answer again.
   *
   * @param origin of this server, which the statement must be for
   */
  public RegistrationAnswer register(Call call, String origin, String text) {
    Optional<Statement> read = Statement.ofText(text, OWN);
    if (read.isEmpty()) {
      return new RegistrationAnswer.Malformed();
    }
    Statement statement = read.get();
    Optional<BootstrapToken> token =
        BootstrapToken.ofText(statement.says(NodeStatement.BOOTSTRAP_TOKEN))
            .filter(one -> one.isMadeWith(ring));
    if (token.isEmpty()) {
      return new RegistrationAnswer.Unknown();
    }
    Optional<NodeKeys> keys =
        statement.isFor(origin, clock.instant()) && statement.isSigned()
            ? statement.keys()
            : Optional.empty();
    if (keys.isEmpty()) {
      return new RegistrationAnswer.Malformed();
    }
    return redeem(call, token.get(), keys.get());
  }

  private RegistrationAnswer redeem(Call call, BootstrapToken token, NodeKeys keys) {
    Optional<TenantId> tenant =
        Scopes.call(SCOPE, () -> nodes.find(token).map(FoundBootstrap::tenant));
    if (tenant.isEmpty()) {
      return new RegistrationAnswer.Unknown();
    }
    // Before the transaction: the gate asks by another connection.
    if (!(gate.enter(tenant.get()) instanceof TenantEntry.Entered)) {
      return new RegistrationAnswer.Closed();
    }
    return Scopes.call(
        SCOPE,
        () ->
            Objects.requireNonNull(
                transaction.execute(status -> redeemed(status, call, token, keys))));
  }

  private RegistrationAnswer redeemed(
      TransactionStatus status, Call call, BootstrapToken token, NodeKeys keys) {
    Optional<FoundBootstrap> found = nodes.find(token);
    if (found.isEmpty()) {
      return new RegistrationAnswer.Unknown();
    }
    FoundBootstrap bootstrap = found.get();
    Optional<FoundBootstrap.Used> same = bootstrap.used().filter(used -> used.isOf(keys));
    if (same.isPresent()) {
      return answered(same.get().node());
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return whatStandsAgainst(bootstrap, now)
        .map(why -> spent(call, bootstrap, why, now))
        .orElseGet(() -> made(status, call, bootstrap, keys, now));
  }

  private static Optional<String> whatStandsAgainst(FoundBootstrap token, Instant now) {
    if (token.used().isPresent()) {
      return Optional.of("used");
    }
    if (token.revoked()) {
      return Optional.of("revoked");
    }
    return now.isBefore(token.expiresAt()) ? Optional.empty() : Optional.of("expired");
  }

  private RegistrationAnswer made(
      TransactionStatus status, Call call, FoundBootstrap token, NodeKeys keys, Instant now) {
    NodeId node = new NodeId(ids.next());
    RecordId record = acts.registered(call, token, node, keys);
    Registration made = new Registration(node, token.tenant(), token.name(), now, record);
    String said = nodes.register(token, made, keys, settings.most());
    if (!said.equals("registered")) {
      // With it goes the record: nothing was done, and the token is as it was.
      status.setRollbackOnly();
    }
    return switch (said) {
      case "registered" -> answered(made);
      case "spent" -> new RegistrationAnswer.Spent();
      case "name_taken" -> new RegistrationAnswer.NameTaken();
      case "key_used" -> new RegistrationAnswer.KeyUsed();
      case "too_many" -> new RegistrationAnswer.TooMany();
      default -> throw new IllegalStateException("nodes.register_node gave an unknown answer");
    };
  }

  private RegistrationAnswer spent(Call call, FoundBootstrap token, String why, Instant now) {
    if (nodes.noteTry(token, now)) {
      acts.tried(call, token.tenant(), token.id(), why);
    }
    return new RegistrationAnswer.Spent();
  }

  private static RegistrationAnswer answered(Registration made) {
    return new RegistrationAnswer.Registered(Recorded.in(made.tenant(), made.record(), made));
  }
}
