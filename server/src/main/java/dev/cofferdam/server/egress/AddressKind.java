package dev.cofferdam.server.egress;

/** What an address is, as far as it matters to whether a request may go there. */
enum AddressKind {
  /** Of the public Internet. */
  PUBLIC(Admitted.ALWAYS),
  /** This machine. */
  LOOPBACK(Admitted.WHEN_NAMED),
  /** A private network: RFC 1918, unique local IPv6. */
  PRIVATE(Admitted.WHEN_NAMED),
  /** The shared range of carriers' address translation (RFC 6598). */
  CARRIER(Admitted.WHEN_NAMED),
  /** Where clouds hand out credentials to whoever asks. */
  METADATA(Admitted.NEVER),
  LINK_LOCAL(Admitted.NEVER),
  MULTICAST(Admitted.NEVER),
  /** An IPv6 address that carries an IPv4 one: mapped, compatible, NAT64, 6to4, Teredo. */
  TRANSLATED(Admitted.NEVER),
  /** Documentation, benchmarks, the unspecified address, and all that is not yet assigned. */
  RESERVED(Admitted.NEVER);

  private enum Admitted {
    ALWAYS,
    WHEN_NAMED,
    NEVER
  }

  private final Admitted admitted;

  AddressKind(Admitted admitted) {
    this.admitted = admitted;
  }

  /** Whether a request may go there; {@code named} when the settings name its host and port. */
  boolean admits(boolean named) {
    return switch (admitted) {
      case ALWAYS -> true;
      case WHEN_NAMED -> named;
      case NEVER -> false;
    };
  }
}
