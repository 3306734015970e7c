package dev.cofferdam.server.tenancy;

import java.util.Objects;
import java.util.UUID;

/** The identifier of a person: one binding of an issuer and a subject, never an e-mail address. */
public record PersonId(UUID value) {
  public PersonId {
    Objects.requireNonNull(value, "value");
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
