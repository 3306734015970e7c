package dev.cofferdam.server.authz;

import dev.cofferdam.server.authz.Matter.OnRelation;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.Recorded;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Which nodes may use one thing in a project, by themselves or through a group, without a relation
 * to the project. Whoever manages the project says so. A person in such a group sees no more by it.
 */
public final class ThingGrants {
  private final ProjectRows projects;
  private final GrantRows rows;
  private final GroupRows groups;
  private final Nodes nodes;
  private final Authorization authorization;
  private final Acts acts;
  private final TransactionOperations transaction;
  private final Clock clock;

  ThingGrants(
      ProjectRows projects,
      GrantRows rows,
      GroupRows groups,
      Nodes nodes,
      Authorization authorization,
      Acts acts,
      TransactionOperations transaction,
      Clock clock) {
    this.projects = projects;
    this.rows = rows;
    this.groups = groups;
    this.nodes = nodes;
    this.authorization = authorization;
    this.acts = acts;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * A thing of another module.
   *
   * @param kind as records name it
   */
  public record Thing(ProjectId project, String kind, UUID id) {}

  /**
   * Looks for the thing. Asked behind the decision, so that who may not know of things does not
   * learn which there are; and with the project locked, where something is changed.
   */
  @FunctionalInterface
  public interface Lookup {
    Optional<Thing> find();
  }

  /** The grants of a thing, by kind and id of the subject. */
  public Shown<Page<GrantView>> list(
      Caller caller, ProjectId project, Lookup lookup, PageRequest asked) {
    Optional<ProjectRows.Row> found = projects.find(project, Holder.of(caller));
    if (found.isEmpty()) {
      return new Shown.Hidden<>(Reason.NOT_VISIBLE);
    }
    Matter about = new Matter.OnThing(found.get().reach(), found.get().state());
    if (decide(caller, Action.VIEW_GRANTS, found.get(), about)
        instanceof Decision.Denied(Reason reason)) {
      return new Shown.Hidden<>(reason);
    }
    Optional<Thing> thing = lookup.find();
    if (thing.isEmpty()) {
      return new Shown.Hidden<>(Reason.NOT_VISIBLE);
    }
    @Nullable String after = asked.after();
    String[] position = after == null ? new String[] {"", ""} : after.split(" ", 2);
    List<GrantView> page =
        rows.page(
            thing.get().id(),
            position[0],
            position[1].isEmpty() ? new UUID(0, 0) : UUID.fromString(position[1]),
            asked.limit() + 1);
    return new Shown.Seen<>(
        Pages.page(page, asked.limit(), last -> last.subjectKind() + " " + last.subjectId()));
  }

  /** Lets a node, or the nodes of a group, use a thing. */
  public Change<GrantView> give(
      Call call, Caller.Person by, ProjectId project, Lookup lookup, Grantee grantee) {
    return onLocked(
        by,
        project,
        Action.GIVE_RELATION,
        lookup,
        thing -> {
          if (!isThere(grantee)) {
            return new Change.NobodyThere<>();
          }
          GrantView given = rows.put(thing.id(), grantee, Relation.READER, clock.instant());
          return done(call, by, "grant.given", thing, grantee, given);
        });
  }

  /** Takes that away. */
  public Change<GrantView> take(
      Call call, Caller.Person by, ProjectId project, Lookup lookup, Grantee grantee) {
    return onLocked(
        by,
        project,
        Action.TAKE_RELATION,
        lookup,
        thing -> {
          Optional<GrantView> held = rows.find(thing.id(), grantee);
          if (held.isEmpty()) {
            return new Change.Unknown<>();
          }
          rows.remove(thing.id(), grantee);
          return done(call, by, "grant.taken", thing, grantee, held.get());
        });
  }

  /**
   * Takes all that was granted on a thing which goes for good. Part of the transaction in which it
   * goes.
   *
   * @return how much that was, for the record
   */
  public int takeAllOn(UUID thing) {
    return rows.removeAllOn(thing);
  }

  private Change<GrantView> done(
      Call call, Caller.Person by, String action, Thing thing, Grantee grantee, GrantView grant) {
    var record =
        acts.record(
            acts.done(call, by, action, thing.kind(), thing.id())
                .with("project", thing.project().toString())
                .with("subject_kind", grantee.kind())
                .with("subject", grantee.id().toString())
                .with("relation", Relation.READER.label()));
    return new Change.Done<>(new Recorded<>(record, grant));
  }

  /** With the project locked, so that what is decided on holds until the change is made. */
  private Change<GrantView> onLocked(
      Caller.Person by,
      ProjectId project,
      Action action,
      Lookup lookup,
      Function<Thing, Change<GrantView>> work) {
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              Optional<ProjectRows.Row> found = projects.findLocked(project, Holder.of(by));
              if (found.isEmpty()) {
                return new Change.Unknown<>();
              }
              Matter about =
                  new OnRelation(found.get().reach(), found.get().state(), Relation.READER);
              if (decide(by, action, found.get(), about)
                  instanceof Decision.Denied(Reason reason)) {
                return new Change.Denied<>(reason);
              }
              return lookup.find().map(work).orElseGet(Change.Unknown::new);
            }));
  }

  private boolean isThere(Grantee grantee) {
    return switch (grantee) {
      // What is granted on a thing is for nodes alone.
      case Grantee.OfPerson of -> false;
      case Grantee.OfNode of -> nodes.isNode(of.node());
      case Grantee.OfGroup of -> groups.findLocked(of.group()).isPresent();
    };
  }

  private Decision decide(Caller caller, Action action, ProjectRows.Row project, Matter matter) {
    return authorization.decide(Facts.of(caller, action, project.owner(), matter, clock.instant()));
  }
}
