package dev.cofferdam.server.edge.door;

import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Cursors;
import java.util.Optional;

/** As long as nobody can be known there is nobody to have a list. */
final class NobodysCursors implements Cursors {
  @Override
  public String seal(Caller caller, String list, String position) {
    throw new IllegalStateException("no module seals cursors");
  }

  @Override
  public Optional<String> open(Caller caller, String list, String cursor) {
    return Optional.empty();
  }
}
