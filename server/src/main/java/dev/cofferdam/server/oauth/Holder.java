package dev.cofferdam.server.oauth;

import dev.cofferdam.server.tenancy.TenantId;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * What an access token stands on, and ends with.
 *
 * @param id within its tenant
 */
public record Holder(Kind kind, TenantId tenant, UUID id) {

  /** Of what sort it is. */
  public enum Kind {
    /** What a person let a client have. */
    GRANT,
    /** A client of the tenant that acts as a service. */
    SERVICE,
    /** A node. */
    NODE,
    /** A rule by which tokens of others are exchanged. */
    RULE;

    /** As tokens name it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Kind> of(String text) {
      for (Kind kind : values()) {
        if (kind.text().equals(text)) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }
  }

  /** The holder of a token's claims; empty when they name none. */
  public static Optional<Holder> of(String kind, String tenant, String id) {
    try {
      UUID of = UUID.fromString(tenant);
      UUID named = UUID.fromString(id);
      return Kind.of(kind).map(known -> new Holder(known, new TenantId(of), named));
    } catch (IllegalArgumentException noId) {
      return Optional.empty();
    }
  }
}
