package dev.cofferdam.review.web;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What stands in the database that every clone is made of, and is reached over HTTP.
 *
 * @param things what each tenant has
 * @param apart the tenants among them with a schema of their own
 */
public record Town(
    Routes routes,
    Probes probes,
    List<Resident> residents,
    Map<UUID, Things> things,
    Set<UUID> apart) {
  public Town {
    residents = List.copyOf(residents);
    things = Map.copyOf(things);
    apart = Set.copyOf(apart);
  }

  /** Of tenants in shared tables alone. */
  public Town(Routes routes, Probes probes, List<Resident> residents, Map<UUID, Things> things) {
    this(routes, probes, residents, things, Set.of());
  }
}
