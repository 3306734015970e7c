package dev.cofferdam.server.oauth.client;

import dev.cofferdam.server.oauth.ClientId;
import java.util.Optional;

/** Port: finds clients of one sort that ask people. Safe for use by many threads. */
@FunctionalInterface
public interface Applications {
  /**
   * The client, unless there is none (any more) or it asks no people.
   *
   * @throws org.springframework.dao.DataAccessException when it cannot be known
   */
  Optional<Application> find(ClientId id);
}
