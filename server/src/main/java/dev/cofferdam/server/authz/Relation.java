package dev.cofferdam.server.authz;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody is to a project or a thing in one, in rising order: each holds those before it. */
public enum Relation {
  NONE,
  /** Sees it, and uses what is in it. */
  READER,
  /** Also changes what is in it. */
  WRITER,
  /** Also changes the thing itself, and gives and takes relations to it. */
  MANAGER;

  /** As the API and the database write it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The relation that can be granted by this name. */
  public static Optional<Relation> granted(String label) {
    return Arrays.stream(values())
        .filter(relation -> relation != NONE && relation.label().equals(label))
        .findFirst();
  }
}
