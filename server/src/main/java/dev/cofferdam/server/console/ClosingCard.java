package dev.cofferdam.server.console;

import dev.cofferdam.server.identity.closing.ClosingView;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.Workspace;
import java.time.Instant;

/**
 * That a tenant is to be deleted, and when.
 *
 * @param dueAt empty while another owner has to agree
 * @param agreeable whether whoever looks is an owner who may be the one that agrees
 */
public record ClosingCard(String dueAt, String due, boolean agreeable) {
  static ClosingCard of(ClosingView closing, Caller.SignedIn caller) {
    return new ClosingCard(
        closing.dueAt().map(Instant::toString).orElse(""),
        closing.dueAt().map(Words::of).orElse(""),
        closing.isWaiting()
            && caller instanceof Caller.Person person
            && person.workspace().map(Workspace::role).filter(Role.OWNER::equals).isPresent()
            && closing.isByAnother(person.id()));
  }

  /** Whether another owner has to agree. */
  public boolean waits() {
    return dueAt.isEmpty();
  }
}
