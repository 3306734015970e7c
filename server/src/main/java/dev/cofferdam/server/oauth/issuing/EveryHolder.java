package dev.cofferdam.server.oauth.issuing;

import dev.cofferdam.server.oauth.Holder;
import dev.cofferdam.server.oauth.Holders;
import dev.cofferdam.server.surface.TokenScope;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a holder is, of whichever kind. */
final class EveryHolder {
  private final Map<Holder.Kind, Holders> kinds = new EnumMap<>(Holder.Kind.class);

  EveryHolder(List<Holders> holders) {
    for (Holders one : holders) {
      if (kinds.put(one.kind(), one) != null) {
        throw new IllegalStateException("two answer for holders of kind " + one.kind().text());
      }
    }
  }

  /** Empty also for a kind that nobody answers for. */
  Optional<Holders.Standing> find(Holder holder, Set<TokenScope> scopes) {
    return Optional.ofNullable(kinds.get(holder.kind())).flatMap(kind -> kind.find(holder, scopes));
  }
}
