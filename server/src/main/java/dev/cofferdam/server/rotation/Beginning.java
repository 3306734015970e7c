package dev.cofferdam.server.rotation;

import dev.cofferdam.server.surface.Recorded;

/** What came of the wish to rotate. */
public sealed interface Beginning {
  /** It goes on by itself from here. */
  record Begun(Recorded<KeyRun> run) implements Beginning {}

  /** One of the same purpose is going on. */
  record GoingOn() implements Beginning {}

  /** What the operator saw is not so any more. */
  record Outdated() implements Beginning {}

  /** No tenant has this id, or the purpose has no rings of tenants. */
  record NoSuchRing() implements Beginning {}
}
