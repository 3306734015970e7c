package dev.cofferdam.server.authz;

import dev.cofferdam.server.authz.Matter.OnRelation;
import dev.cofferdam.server.authz.Matter.OnThing;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.NodeId;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.tenancy.PersonId;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Who has which relation to a project of the bound tenant. A subject has one relation at most;
 * giving another replaces it, for which the giver must be allowed to take the old one too.
 */
public final class Grants {
  private final ProjectRows projects;
  private final GrantRows rows;
  private final GroupRows groups;
  private final Members members;
  private final Nodes nodes;
  private final Authorization authorization;
  private final Acts acts;
  private final TransactionOperations transaction;
  private final Clock clock;

  Grants(
      ProjectRows projects,
      GrantRows rows,
      GroupRows groups,
      Members members,
      Nodes nodes,
      Authorization authorization,
      Acts acts,
      TransactionOperations transaction,
      Clock clock) {
    this.projects = projects;
    this.rows = rows;
    this.groups = groups;
    this.members = members;
    this.nodes = nodes;
    this.authorization = authorization;
    this.acts = acts;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** The grants of a project, by kind and id of the subject. */
  public Shown<Page<GrantView>> list(Caller caller, ProjectId project, PageRequest asked) {
    Optional<ProjectRows.Row> found = projects.find(project, Holder.of(caller));
    if (found.isEmpty()) {
      return new Shown.Hidden<>(Reason.NOT_VISIBLE);
    }
    Matter about = new OnThing(found.get().reach(), found.get().state());
    if (decide(caller, Action.VIEW_GRANTS, found.get(), about)
        instanceof Decision.Denied(Reason reason)) {
      return new Shown.Hidden<>(reason);
    }
    @Nullable String after = asked.after();
    String[] position = after == null ? new String[] {"", ""} : after.split(" ", 2);
    List<GrantView> page =
        rows.page(
            project.value(),
            position[0],
            position[1].isEmpty() ? new UUID(0, 0) : UUID.fromString(position[1]),
            asked.limit() + 1);
    return new Shown.Seen<>(
        Pages.page(page, asked.limit(), last -> last.subjectKind() + " " + last.subjectId()));
  }

  /** Gives somebody a relation to a project, instead of the one they may have. */
  public Change<GrantView> give(
      Call call, Caller.Person by, ProjectId project, Grantee grantee, Relation relation) {
    return onLocked(
        by,
        project,
        found -> {
          if (decide(by, Action.GIVE_RELATION, found, relation)
              instanceof Decision.Denied(Reason reason)) {
            return new Change.Denied<>(reason);
          }
          Optional<Relation> before = rows.find(project.value(), grantee).flatMap(Grants::relation);
          if (before.isPresent()
              && decide(by, Action.TAKE_RELATION, found, before.get())
                  instanceof Decision.Denied(Reason reason)) {
            return new Change.Denied<>(reason);
          }
          if (!isThere(grantee)) {
            return new Change.NobodyThere<>();
          }
          GrantView given = rows.put(project.value(), grantee, relation, clock.instant());
          var record =
              acts.record(
                  acts.done(call, by, "grant.given", "project", project.value())
                      .with("subject_kind", grantee.kind())
                      .with("subject", grantee.id().toString())
                      .with("relation", relation.label())
                      .with("before", before.orElse(Relation.NONE).label()));
          return new Change.Done<>(new Recorded<>(record, given));
        });
  }

  /** Takes away whatever relation somebody has to a project. */
  public Change<GrantView> take(Call call, Caller.Person by, ProjectId project, Grantee grantee) {
    return onLocked(
        by,
        project,
        found -> {
          Optional<GrantView> held = rows.find(project.value(), grantee);
          // Decided before it is said that there is nothing: who may not take may not look either.
          Relation relation = held.flatMap(Grants::relation).orElse(Relation.READER);
          if (decide(by, Action.TAKE_RELATION, found, relation)
              instanceof Decision.Denied(Reason reason)) {
            return new Change.Denied<>(reason);
          }
          if (held.isEmpty()) {
            return new Change.Unknown<>();
          }
          rows.remove(project.value(), grantee);
          var record =
              acts.record(
                  acts.done(call, by, "grant.taken", "project", project.value())
                      .with("subject_kind", grantee.kind())
                      .with("subject", grantee.id().toString())
                      .with("relation", relation.label()));
          return new Change.Done<>(new Recorded<>(record, held.get()));
        });
  }

  /**
   * Takes everything from a person who is no member any more, so that nothing of it is there should
   * they come back. Part of the transaction that ends the membership.
   *
   * @return how many grants and group memberships there were, for the record
   */
  public int takeAllOf(PersonId person) {
    return rows.removeAllOf(Holder.of(person));
  }

  /**
   * Takes everything from a node that is revoked. Part of the transaction that revokes it.
   *
   * @return how many grants and group memberships there were, for the record
   */
  public int takeAllOf(NodeId node) {
    return rows.removeAllOf(Holder.of(node));
  }

  /** With the project locked, so that what is decided on holds until the change is made. */
  private Change<GrantView> onLocked(
      Caller.Person by, ProjectId project, Function<ProjectRows.Row, Change<GrantView>> work) {
    return Objects.requireNonNull(
        transaction.execute(
            status ->
                projects
                    .findLocked(project, Holder.of(by))
                    .map(work)
                    .orElseGet(Change.Unknown::new)));
  }

  private boolean isThere(Grantee grantee) {
    return switch (grantee) {
      case Grantee.OfPerson of -> members.isMember(of.person());
      case Grantee.OfNode of -> nodes.isNode(of.node());
      case Grantee.OfGroup of -> groups.findLocked(of.group()).isPresent();
    };
  }

  private Decision decide(Caller caller, Action action, ProjectRows.Row project, Relation given) {
    return decide(caller, action, project, new OnRelation(project.reach(), project.state(), given));
  }

  private Decision decide(Caller caller, Action action, ProjectRows.Row project, Matter matter) {
    return authorization.decide(Facts.of(caller, action, project.owner(), matter, clock.instant()));
  }

  private static Optional<Relation> relation(GrantView grant) {
    return Relation.granted(grant.relation());
  }
}
