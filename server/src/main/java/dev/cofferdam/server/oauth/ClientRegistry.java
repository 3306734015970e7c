package dev.cofferdam.server.oauth;

import java.util.Optional;

/**
 * Port: finds clients of one kind by their id. Each module that has clients fills it; an id is
 * known to one of them at most. Safe for use by many threads.
 */
@FunctionalInterface
public interface ClientRegistry {

  /**
   * The client, unless there is none (any more). Called with no scope bound, before anybody has
   * shown anything: what it costs is what strangers can make it cost.
   *
   * @throws org.springframework.dao.DataAccessException when it cannot be known
   */
  Optional<Client> find(ClientId id);
}
