package dev.cofferdam.review.laboratory;

import dev.cofferdam.review.attack.Occupant;
import dev.cofferdam.review.issuer.HostileIdp;
import dev.cofferdam.review.register.RouteProbes;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Resident;
import dev.cofferdam.review.web.Things;
import dev.cofferdam.review.wire.Ask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Founds tenants and fills them with people and what those have, over HTTP alone. */
final class Households {
  private static final int OTHER_SPARES = 2;

  private final Arrivals arrivals;
  private final HostileIdp idp;
  private final Colleagues colleagues;

  /** Has so many members of a tenant come who are there to be changed and removed. */
  @FunctionalInterface
  interface Colleagues {
    /** Gives their ids. */
    List<String> of(UUID tenant, int count);
  }

  /**
   * @param idp what tenants bring as their own identity provider
   */
  Households(Arrivals arrivals, HostileIdp idp, Colleagues colleagues) {
    this.arrivals = arrivals;
    this.idp = idp;
    this.colleagues = colleagues;
  }

  /** A tenant as a person founds one. */
  Occupant founded(String slug) {
    String canary = canary();
    Browser owner = arrivals.signedIn(subject(slug, "owner", canary));
    String id =
        Arrivals.done(
                owner,
                Ask.of("POST", "/v1/tenants")
                    .json(Map.of("slug", slug, "name", named(slug, canary))))
            .member("tenant_id");
    UUID tenant = UUID.fromString(id);
    arrivals.settled(owner, subject(slug, "owner", canary), tenant, Part.OWNER);
    return new Occupant(tenant, slug, canary, "notes");
  }

  static String canary() {
    return "canary-" + UUID.randomUUID();
  }

  static String named(String slug, String canary) {
    return "The " + slug + " " + canary;
  }

  String subject(String slug, String part, String canary) {
    return arrivals.subject(slug + "-" + part + "-" + canary);
  }

  private String subject(Occupant occupant, String part) {
    return subject(occupant.slug(), part, occupant.canary());
  }

  /**
   * Everybody but the owner, who is there already, and what they have.
   *
   * @param everything whether whoever may do something does all of it
   */
  Things people(Occupant occupant, boolean everything) {
    UUID tenant = occupant.id();
    Browser owner = arrivals.browser(tenant, Part.OWNER);
    arrivals.joined(owner, subject(occupant, "admin"), tenant, Part.ADMIN);
    arrivals.joined(owner, subject(occupant, "member"), tenant, Part.MEMBER);
    arrivals.joined(owner, subject(occupant, "auditor"), tenant, Part.AUDITOR);
    arrivals.former(owner, subject(occupant, "former"), tenant);
    for (int n = 1; everything && n <= 2; n++) {
      arrivals.joined(owner, subject(occupant, "chief" + n), tenant, Part.CO_OWNER);
      arrivals.joined(owner, subject(occupant, "mate" + n), tenant, Part.COLLEAGUE);
    }
    List<String> codes = new ArrayList<>();
    for (int n = 1; n <= (everything ? 6 : 1); n++) {
      codes.add(arrivals.guest(owner, subject(occupant, "guest" + n), tenant));
    }
    List<Resident> spare = new ArrayList<>();
    for (int n = 1; n <= (everything ? spares() : 2); n++) {
      String subject = subject(occupant, "owner");
      spare.add(arrivals.settled(arrivals.signedIn(subject), subject, tenant, Part.OWNER));
    }
    return new Belongings(owner, occupant, arrivals, idp, everything)
        .things(spare, codes.reversed(), colleagues.of(tenant, everything ? 5 : 1));
  }

  /** One for each probe that may cost whoever asks their session, and some for other attacks. */
  private static int spares() {
    long costly =
        RouteProbes.shipped().last().stream()
            .filter(last -> last.by() == RouteProbes.By.SPARE)
            .count();
    return (int) costly + OTHER_SPARES;
  }
}
