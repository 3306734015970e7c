package dev.cofferdam.server.authz;

import java.util.Locale;

/** The kind of an action, for what holds for all of a kind. */
enum Act {
  /** Changes nothing. */
  LOOK,
  /** Changes what is in something. */
  CHANGE,
  /** Changes who may do what, or what there is. */
  ADMINISTER;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
