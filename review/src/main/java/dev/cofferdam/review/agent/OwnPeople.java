package dev.cofferdam.review.agent;

import java.util.List;
import java.util.Optional;

/**
 * The laboratory's own people at the development IdP, who are as many as it takes. What tokens say
 * of one, name and address, holds their subject and so the canary of their tenant.
 */
public final class OwnPeople {
  private static final String PERSON = "dev.cofferdam.server.identity.idp.DemoPerson";

  /** With which their subjects begin. */
  public static final String PREFIX = "resident-";

  /** With which the subjects of those begin whom tokens name operators of the platform. */
  public static final String OPERATOR = PREFIX + "operator";

  /** Somebody with an address that anybody can have for ten minutes. */
  public static final String THROW_AWAY = PREFIX + "throw-away";

  private OwnPeople() {}

  /** The address that the identity provider vouches for. */
  public static String address(String subject) {
    return subject.substring(PREFIX.length())
        + (subject.equals(THROW_AWAY) ? "@mailinator.com" : "@residents.example");
  }

  /** Called by the woven list of demo people for a subject that it does not know. */
  public static Optional<?> of(String subject) {
    return subject.startsWith(PREFIX)
        ? Optional.of(
            Reflected.make(
                Reflected.type(PERSON),
                subject,
                subject,
                address(subject),
                "resident",
                subject.startsWith(OPERATOR) ? List.of("operator") : List.of()))
        : Optional.empty();
  }
}
