package dev.cofferdam.server.oauth.proof;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cofferdam.server.identity.Revocations;
import dev.cofferdam.server.oauth.Client;
import dev.cofferdam.server.oauth.ClientId;
import dev.cofferdam.server.oauth.ClientRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The client of an id, in whichever registry. One that acts as itself asks again and again, and is
 * remembered with its keys for as long as {@link Revocations} says that it holds: whatever ends it
 * or changes its keys is a revocation of what it acts as. Safe for use by many threads.
 */
final class KnownClients {
  private static final long REMEMBERED = 5_000;

  /** In any case: what is written past the triggers is seen after it. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final List<ClientRegistry> registries;
  private final Revocations revocations;
  private final Cache<ClientId, Known> known =
      Caffeine.newBuilder()
          .maximumSize(REMEMBERED)
          .expireAfterWrite(LONGEST)
          .executor(Runnable::run)
          .build();

  KnownClients(List<ClientRegistry> registries, Revocations revocations) {
    this.registries = List.copyOf(registries);
    this.revocations = revocations;
  }

  /**
   * @param subject of the revocations that end it
   * @param number of the newest one that was known before it was read
   */
  private record Known(Client client, UUID subject, long number) {}

  /**
   * The client of this id, if it is the one that is wanted. One that is remembered and is not, is
   * read anew: it may have exchanged its keys a moment ago, and knows nothing of the second in
   * which that is noticed.
   *
   * @throws org.springframework.dao.DataAccessException when it cannot be known
   */
  Optional<Client> find(ClientId id, Predicate<Client> isWanted) {
    Known remembered = known.getIfPresent(id);
    return remembered != null
            && revocations.holds(remembered.subject(), remembered.number())
            && isWanted.test(remembered.client())
        ? Optional.of(remembered.client())
        : read(id).filter(isWanted);
  }

  private Optional<Client> read(ClientId id) {
    // Before the reading: what is revoked meanwhile counts as newer than what is read.
    long number = revocations.number();
    Optional<Client> found =
        registries.stream().flatMap(registry -> registry.find(id).stream()).findFirst();
    found
        .flatMap(client -> client.self().map(self -> new Known(client, self.id(), number)))
        .ifPresentOrElse(one -> known.put(id, one), () -> known.invalidate(id));
    return found;
  }
}
