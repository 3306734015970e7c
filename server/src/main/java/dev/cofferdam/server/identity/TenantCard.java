package dev.cofferdam.server.identity;

import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ETag;
import dev.cofferdam.server.surface.IfMatch;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.tenancy.TenantName;
import dev.cofferdam.server.tenancy.TenantProfile;
import dev.cofferdam.server.tenancy.TenantProfiles;
import java.util.Objects;
import java.util.Optional;
import org.springframework.transaction.support.TransactionOperations;

/** What the people of a tenant see and change of it; works in the tenant that is bound. */
public final class TenantCard {
  private final TenantProfiles profiles;
  private final TransactionOperations transaction;
  private final Acts acts;

  TenantCard(TenantProfiles profiles, TransactionOperations transaction, Acts acts) {
    this.profiles = profiles;
    this.transaction = transaction;
    this.acts = acts;
  }

  public TenantProfile read() {
    return profiles.current();
  }

  /**
   * Gives the tenant another name.
   *
   * @return empty when it is not at the version that the caller has read
   */
  public Optional<Recorded<TenantProfile>> rename(
      Call call, Caller.Person caller, TenantName name, IfMatch read) {
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              long version = profiles.current().version();
              if (!read.matches(ETag.ofVersion(version))) {
                return Optional.<Recorded<TenantProfile>>empty();
              }
              return profiles.rename(name, version).map(renamed -> recorded(call, caller, renamed));
            }));
  }

  private Recorded<TenantProfile> recorded(Call call, Caller.Person caller, TenantProfile renamed) {
    RecordId record =
        acts.renamed(call, caller.id(), renamed.tenant(), new TenantName(renamed.name()));
    return new Recorded<>(record, renamed);
  }
}
