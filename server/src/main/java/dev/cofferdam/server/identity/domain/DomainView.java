package dev.cofferdam.server.identity.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * A claim of a domain, as its tenant sees it.
 *
 * @param place the name at which the TXT record is to stand
 * @param challenge what it is to say
 * @param finding what the last look came to; empty before the first
 * @param provenAt since when it is proven, or was
 * @param heldUntil until when it is believed if nothing is seen any more
 * @param lapse why it is proven no longer
 */
public record DomainView(
    DomainId id,
    DomainName name,
    String place,
    String challenge,
    State state,
    Optional<Finding> finding,
    Optional<Instant> checkedAt,
    Optional<Instant> provenAt,
    Optional<Instant> heldUntil,
    Optional<Lapse> lapse,
    Instant claimedAt) {

  /** Whether addresses in it are believed. */
  public enum State {
    PENDING,
    PROVEN,
    LAPSED
  }

  /** What a look at the DNS came to. */
  public enum Finding {
    /** The record stands there. */
    SHOWN,
    /** It does not. */
    ABSENT,
    /** It does, and another tenant's beside it: whose domain it is cannot be said. */
    CONTESTED,
    /** No name server answered. */
    UNANSWERED
  }

  /** Why a domain is proven no longer. */
  public enum Lapse {
    /** The record was not seen for longer than the grace. */
    EXPIRED,
    /** The DNS proved it for another tenant since. */
    SUPERSEDED
  }
}
