package dev.cofferdam.server.identity;

import org.jspecify.annotations.Nullable;

/**
 * How the identity provider called a person at a sign-in. Shown to themselves; nobody is found or
 * told apart by it.
 */
public record Profile(@Nullable String name, @Nullable String email) {
  @Override
  public String toString() {
    return "a person's profile";
  }
}
