package dev.cofferdam.server.egress;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Decides whether a request may go where it is meant to go. */
final class Admission {
  private static final int HTTPS = 443;

  private final Set<NamedDestination> named;
  private final AddressKinds kinds;

  Admission(Set<NamedDestination> named, AddressKinds kinds) {
    this.named = Set.copyOf(named);
    this.kinds = kinds;
  }

  /** What is against it before its name was looked up. */
  Optional<Outcome.Rule> againstUrl(Destination to) {
    if (named.contains(to.named())) {
      return Optional.empty();
    }
    if (!to.secure()) {
      return Optional.of(Outcome.Rule.PLAIN_HTTP);
    }
    if (to.port() != HTTPS) {
      return Optional.of(Outcome.Rule.PORT);
    }
    return to.literal() ? Optional.of(Outcome.Rule.LITERAL) : Optional.empty();
  }

  /**
   * What is against it now that its addresses are known. One bad address among good ones refuses
   * them all: an honest name has none.
   */
  Optional<Outcome.Rule> againstAddresses(Destination to, InetAddress[] addresses) {
    boolean isNamed = named.contains(to.named());
    if (!Arrays.stream(addresses).map(kinds::of).allMatch(kind -> kind.admits(isNamed))) {
      return Optional.of(Outcome.Rule.ADDRESS);
    }
    // INVARIANT: what leaves this machine is encrypted, also to a host that is named.
    boolean leaves =
        !Arrays.stream(addresses).map(kinds::of).allMatch(AddressKind.LOOPBACK::equals);
    return !to.secure() && leaves ? Optional.of(Outcome.Rule.PLAIN_HTTP) : Optional.empty();
  }
}
