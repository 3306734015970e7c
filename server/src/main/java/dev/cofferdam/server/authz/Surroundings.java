package dev.cofferdam.server.authz;

import dev.cofferdam.server.authz.Matter.OnThing;
import dev.cofferdam.server.authz.Matter.Reach;
import dev.cofferdam.server.authz.Matter.State;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.tenancy.TenantId;
import java.time.Instant;
import java.util.Optional;

/** The projects that things of other modules are in, with what a caller is to them. */
public final class Surroundings {
  private final ProjectRows projects;

  Surroundings(ProjectRows projects) {
    this.projects = projects;
  }

  /**
   * A project of the bound tenant.
   *
   * @param owner as its row says
   */
  public record Surrounding(TenantId owner, ProjectId project, State state, Reach reach) {
    private static Surrounding of(ProjectRows.Row row) {
      return new Surrounding(row.owner(), row.id(), row.state(), row.reach());
    }

    /** What it depends on whether the caller may do {@code action} to a thing in the project. */
    public Facts facts(Caller caller, Action action, Instant now) {
      return Facts.of(caller, action, owner, new OnThing(reach, state), now);
    }
  }

  public Optional<Surrounding> find(Caller caller, ProjectId project) {
    return projects.find(project, Holder.of(caller)).map(Surrounding::of);
  }

  /** The same, kept from others until the transaction ends: so are the facts about it. */
  public Optional<Surrounding> findLocked(Caller caller, ProjectId project) {
    return projects.findLocked(project, Holder.of(caller)).map(Surrounding::of);
  }
}
