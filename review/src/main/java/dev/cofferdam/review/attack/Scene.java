package dev.cofferdam.review.attack;

import dev.cofferdam.review.web.NobodyThereException;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Session;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Two tenants and a server before them that is reached over HTTP, and nothing else: what is in a
 * laboratory and in a deployment alike.
 *
 * @param judge looks into the database; nobody does where the server is somebody else's
 */
public record Scene(Occupant attacker, Occupant victim, Web web, Optional<Judge> judge) {

  /** Opens a connection that may read everything, to judge by what an attack left behind. */
  @FunctionalInterface
  public interface Judge {
    Session open() throws SQLException;
  }

  /**
   * A connection that may do anything: for judging, never for attacking.
   *
   * @throws NobodyThereException where nobody may look into the database
   */
  public Session asSuperuser() throws SQLException {
    return judge
        .orElseThrow(() -> new NobodyThereException("judge, who looks into the database"))
        .open();
  }
}
