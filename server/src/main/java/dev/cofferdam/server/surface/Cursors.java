package dev.cofferdam.server.surface;

import java.util.Optional;

/**
 * Makes positions in lists opaque, and binds them to who asked for which list. Identity fills this
 * port with the key ring for cursors. Safe for use by many threads.
 */
public interface Cursors {

  /**
   * The cursor for {@code position}.
   *
   * @param list the list: the route and every parameter but {@code limit} and {@code cursor}
   * @return safe in a query string, at most 1,000 characters for a position of at most 200
   */
  String seal(Caller caller, String list, String position);

  /** The position, or empty when the cursor is not one of this caller's for this list. */
  Optional<String> open(Caller caller, String list, String cursor);
}
