package dev.cofferdam.review.web;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What stands in the database that every clone is made of, and is reached over HTTP.
 *
 * @param things what each tenant has
 */
public record Town(
    Routes routes, Probes probes, List<Resident> residents, Map<UUID, Things> things) {
  public Town {
    residents = List.copyOf(residents);
    things = Map.copyOf(things);
  }
}
