package dev.cofferdam.server.limits;

import java.util.Map;
import java.util.Optional;

/**
 * One class of routes, as the table has it.
 *
 * @param cost what one request takes of the budget over all classes
 */
record LimitClass(String name, Cost cost, Map<By, Quota> quotas) {
  LimitClass {
    quotas = Map.copyOf(quotas);
  }

  Optional<Quota> quota(By by) {
    return Optional.ofNullable(quotas.get(by));
  }
}
