package dev.cofferdam.server.nodes;

import dev.cofferdam.server.authz.Action;
import dev.cofferdam.server.authz.Change;
import dev.cofferdam.server.authz.GivenName;
import dev.cofferdam.server.authz.Grants;
import dev.cofferdam.server.authz.Reason;
import dev.cofferdam.server.authz.Shown;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ETag;
import dev.cofferdam.server.surface.IfMatch;
import dev.cofferdam.server.surface.NodeId;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Versioned;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionOperations;

/** The nodes of the tenant that is bound, as its people look after them. */
public final class RegisteredNodes {
  private final NodeRows rows;
  private final Grants grants;
  private final NodeRights rights;
  private final NodeActs acts;
  private final TransactionOperations transaction;
  private final Clock clock;

  RegisteredNodes(
      NodeRows rows,
      Grants grants,
      NodeRights rights,
      NodeActs acts,
      TransactionOperations transaction,
      Clock clock) {
    this.rows = rows;
    this.grants = grants;
    this.rights = rights;
    this.acts = acts;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** By id, which is by when they registered; revoked ones too. */
  public Shown<Page<NodeView>> list(Caller caller, PageRequest asked) {
    return rights
        .denied(caller, Action.VIEW_NODES)
        .<Shown<Page<NodeView>>>map(Shown.Hidden::new)
        .orElseGet(() -> new Shown.Seen<>(rows.page(asked)));
  }

  /** How these are called; without those that there are not. */
  public Shown<Map<NodeId, String>> names(Caller caller, Collection<NodeId> ids) {
    return rights
        .denied(caller, Action.VIEW_NODES)
        .<Shown<Map<NodeId, String>>>map(Shown.Hidden::new)
        .orElseGet(() -> new Shown.Seen<>(rows.names(ids)));
  }

  public Shown<Versioned<NodeView>> show(Caller caller, NodeId id) {
    Optional<Reason> denied = rights.denied(caller, Action.VIEW_NODES);
    if (denied.isPresent()) {
      return new Shown.Hidden<>(denied.get());
    }
    return rows.find(id)
        .<Shown<Versioned<NodeView>>>map(node -> new Shown.Seen<>(versioned(node)))
        .orElseGet(() -> new Shown.Hidden<>(Reason.NOT_VISIBLE));
  }

  public Change<Versioned<NodeView>> rename(
      Call call, Caller.Person by, NodeId id, GivenName name, IfMatch read) {
    return change(
        by,
        () -> {
          Optional<NodeView> found = rows.findLocked(id);
          if (found.isEmpty() || found.get().revokedAt().isPresent()) {
            return new Change.Unknown<>();
          }
          if (!read.matches(ETag.ofVersion(found.get().version()))) {
            return new Change.Outdated<>();
          }
          NodeView renamed = rows.rename(id, name);
          return new Change.Done<>(
              new Recorded<>(
                  acts.renamed(call, by, renamed, found.get().name()), versioned(renamed)));
        });
  }

  /**
   * Makes it a node no more, with all that was granted to it: every server refuses it within a
   * second, and nothing is sealed to it any more.
   */
  public Change<NodeView> revoke(Call call, Caller.Person by, NodeId id) {
    return change(
        by,
        () -> {
          Optional<NodeView> found = rows.findLocked(id);
          if (found.isEmpty() || found.get().revokedAt().isPresent()) {
            return new Change.Unknown<>();
          }
          NodeView revoked = rows.revoke(id, clock.instant());
          int taken = grants.takeAllOf(id);
          return new Change.Done<>(new Recorded<>(acts.revoked(call, by, revoked, taken), revoked));
        });
  }

  private <T> Change<T> change(Caller.Person by, Supplier<Change<T>> work) {
    Optional<Reason> denied = rights.denied(by, Action.CHANGE_NODES);
    if (denied.isPresent()) {
      return new Change.Denied<>(denied.get());
    }
    try {
      return Objects.requireNonNull(transaction.execute(status -> work.get()));
    } catch (DuplicateKeyException sameName) {
      return new Change.NameTaken<>();
    }
  }

  private static Versioned<NodeView> versioned(NodeView node) {
    return new Versioned<>(ETag.ofVersion(node.version()), node);
  }
}
