package dev.cofferdam.server.tenancy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Where a tenant is in its life. The database guards the same ways ({@code tenancy.tenant_life}).
 */
public enum TenantState {
  /** Being set up; nobody enters. */
  PROVISIONING,
  /** In use. */
  ACTIVE,
  /** Closed by the operator, and to be opened again. */
  SUSPENDED,
  /** Its data are being destroyed. */
  DELETING,
  /** Its data are gone; only its name is kept, so that nobody takes it over. */
  DELETED;

  private Set<TenantState> next() {
    return switch (this) {
      case PROVISIONING -> Set.of(ACTIVE, DELETING);
      case ACTIVE -> Set.of(SUSPENDED, DELETING);
      case SUSPENDED -> Set.of(ACTIVE, DELETING);
      case DELETING -> Set.of(DELETED);
      case DELETED -> Set.of();
    };
  }

  /** Whether a tenant may go from this state to {@code to}. */
  public boolean mayBecome(TenantState to) {
    return next().contains(to);
  }

  /** The states from which a tenant may come to this one. */
  List<TenantState> origins() {
    return Arrays.stream(values()).filter(state -> state.mayBecome(this)).toList();
  }

  /** As the database writes it. */
  String stored() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Of what the database writes. */
  public static TenantState ofStored(String stored) {
    return valueOf(stored.toUpperCase(Locale.ROOT));
  }
}
