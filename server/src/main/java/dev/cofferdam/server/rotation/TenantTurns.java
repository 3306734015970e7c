package dev.cofferdam.server.rotation;

import dev.cofferdam.server.keyring.KeyInfo;
import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.keyring.KeyState;
import dev.cofferdam.server.keyring.Keyring;
import dev.cofferdam.server.keyring.Ring;
import dev.cofferdam.server.keyring.SealedCells;
import dev.cofferdam.server.tenancy.TenantId;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Turns the rings of the bound tenant, and moves what is sealed at rest to the keys that took over.
 * What was done before is found done, so it goes on wherever somebody else was interrupted.
 */
final class TenantTurns {
  private static final int RINGS = 50;
  private static final int CELLS = 64;

  private final Keyring keyring;
  private final List<SealedCells> cells;
  private final Clock clock;

  TenantTurns(Keyring keyring, List<SealedCells> cells, Clock clock) {
    this.keyring = keyring;
    this.cells = List.copyOf(cells);
    this.clock = clock;
  }

  /** Between two portions of work. */
  interface Portions {
    /**
     * @param useful whether anything was done that need not be done again
     * @return false when it is somebody else's turn
     */
    boolean another(boolean useful);
  }

  /** What is true when nothing is left to do here; empty when it was interrupted. */
  Optional<Part> turn(KeyRun run, TenantId tenant, Portions portions) {
    Map<Ring, Integer> due = due(run, tenant);
    while (!due.isEmpty()) {
      Turns.requireBegun(run, clock);
      due.forEach(keyring::rotate);
      if (!portions.another(true)) {
        return Optional.empty();
      }
      due = due(run, tenant);
    }
    long spoilt = 0;
    for (SealedCells sort : of(run.purpose())) {
      for (KeyInfo older : older(tenant, run.purpose())) {
        UUID after = null;
        do {
          SealedCells.Moved page = sort.move(older.id(), after, CELLS);
          spoilt += page.spoilt();
          after = page.last();
          if (page.moved() + page.spoilt() > 0 && !portions.another(page.moved() > 0)) {
            return Optional.empty();
          }
        } while (after != null);
      }
    }
    return Optional.of(
        new Part(keyring.inUse(tenant, run.purpose()), underActive(run, tenant), spoilt));
  }

  private Map<Ring, Integer> due(KeyRun run, TenantId tenant) {
    return keyring.unturned(tenant, run.purpose(), run.begunAt(), RINGS);
  }

  private List<SealedCells> of(KeyPurpose purpose) {
    return cells.stream().filter(sort -> sort.purpose() == purpose).toList();
  }

  private List<KeyInfo> older(TenantId tenant, KeyPurpose purpose) {
    return keyring.list(new Ring.OfTenant(tenant, purpose)).stream()
        .filter(key -> key.state() == KeyState.VERIFYING_ONLY)
        .toList();
  }

  private long underActive(KeyRun run, TenantId tenant) {
    List<SealedCells> sorts = of(run.purpose());
    if (sorts.isEmpty()) {
      return 0;
    }
    @Nullable KeyInfo active =
        keyring.list(new Ring.OfTenant(tenant, run.purpose())).stream()
            .filter(key -> key.state() == KeyState.ACTIVE)
            .findFirst()
            .orElse(null);
    return active == null ? 0 : sorts.stream().mapToLong(sort -> sort.under(active.id())).sum();
  }
}
