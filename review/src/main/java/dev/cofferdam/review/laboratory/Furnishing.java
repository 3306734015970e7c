package dev.cofferdam.review.laboratory;

import dev.cofferdam.review.attack.Occupant;
import dev.cofferdam.review.issuer.HostileIdp;
import dev.cofferdam.review.register.RouteProbes;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Probes;
import dev.cofferdam.review.web.Routes;
import dev.cofferdam.review.web.Things;
import dev.cofferdam.review.web.Town;
import dev.cofferdam.review.wire.Answer;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.ControlChannel;
import dev.cofferdam.review.wire.Manner;
import dev.cofferdam.review.wire.Site;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Puts tenants, their people and what they have into a new server, with a canary of each tenant in
 * every text that they can write: over HTTP wherever there is a route for it.
 */
final class Furnishing {
  private static final String APPLICATION = "cofferdam_app";
  private static final int RECORDS = 300;
  private static final String VICTIM = "lighthouse";

  private final ControlChannel channel;
  private final Cluster cluster;
  private final Arrivals arrivals;
  private final Households households;
  private final Map<UUID, Things> things = new HashMap<>();

  /**
   * What came of it.
   *
   * @param occupants the attacker's tenant, the victim's, and one with a schema of its own
   */
  record Furnished(List<Occupant> occupants, Town town) {}

  /**
   * @param idp what tenants bring as their own identity provider
   */
  Furnishing(ControlChannel channel, Cluster cluster, Site site, Letters letters, HostileIdp idp) {
    this.channel = channel;
    this.cluster = cluster;
    this.arrivals = new Arrivals(site, channel::forget, letters, Arrivals.Folk.ofLaboratory());
    this.households = new Households(arrivals, idp, this::colleagues);
  }

  Furnished furnish() {
    try (arrivals) {
      Routes routes = arrivals.routes();
      List<Occupant> occupants =
          List.of(households.founded("harbour"), households.founded(VICTIM), placed("breakwater"));
      for (Occupant occupant : occupants) {
        // Of the victim's everything is also done that may be done, and some of it can be done
        // once.
        things.put(occupant.id(), households.people(occupant, occupant.slug().equals(VICTIM)));
      }
      occupants.forEach(this::plant);
      // So that it has a full tile and a hash above it.
      channel.auditAppend("tenant/" + occupants.get(1).id(), RECORDS);
      arrivals.stranger("nowhere");
      arrivals.operators();
      return new Furnished(
          occupants,
          new Town(
              routes,
              new Probes(RouteProbes.shipped()),
              arrivals.residents(),
              things,
              Set.of(occupants.getLast().id())));
    }
  }

  /** A tenant with a schema of its own, which nobody can choose while signing up. */
  private Occupant placed(String slug) {
    String canary = Households.canary();
    UUID tenant = UUID.randomUUID();
    String outcome = channel.createTenant(tenant, slug, "SCHEMA");
    if (!outcome.startsWith("Created")) {
      throw new LaboratoryException("the tenant `" + slug + "` was not made: " + outcome);
    }
    Occupant occupant =
        new Occupant(tenant, slug, canary, "tenant_" + tenant.toString().replace("-", ""));
    String subject = households.subject(slug, "owner", canary);
    Browser owner = arrivals.signedIn(subject);
    String person = Arrivals.done(owner, Ask.get("/v1/me")).member("person_id");
    cluster.plant(
        """
        insert into identity.membership (tenant_id, person_id, role, joined_at, changed_at)
        values ('%s', '%s', 'owner', now(), now())
        """
            .formatted(tenant, UUID.fromString(person)));
    arrivals.settled(owner, subject, tenant, Part.OWNER);
    Arrivals.done(
        owner,
        Ask.of("PATCH", "/v1/tenant")
            .with("If-Match", "\"1\", \"2\", \"3\"")
            .json(Map.of("name", Households.named(slug, canary))));
    return occupant;
  }

  /** Members who never signed in: there to be changed and removed. */
  private List<String> colleagues(UUID tenant, int count) {
    List<String> ids = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      String id = UUID.randomUUID().toString();
      cluster.plant(
          """
          insert into identity.membership (tenant_id, person_id, role, joined_at, changed_at)
          values ('%s', '%s', 'member', now(), now())
          """
              .formatted(tenant, id));
      ids.add(id);
    }
    return ids;
  }

  /** A canary in every table of the laboratory's own module. */
  private void plant(Occupant occupant) {
    UUID note = UUID.randomUUID();
    must(
        channel.sql(
            APPLICATION,
            occupant.scope(),
            Manner.COMMIT,
            """
            insert into %s.note (tenant_id, id, title, body) values ('%s', '%s', 'plan of %s', '%s')
            """
                .formatted(
                    occupant.schema(), occupant.id(), note, occupant.slug(), occupant.canary()),
            """
            insert into %s.comment (tenant_id, id, note_id, body) values ('%s', '%s', '%s', '%s')
            """
                .formatted(
                    occupant.schema(), occupant.id(), UUID.randomUUID(), note, occupant.canary()),
            """
            insert into notes.entry (tenant_id, id, body) values ('%s', '%s', '%s')
            """
                .formatted(occupant.id(), UUID.randomUUID(), occupant.canary())));
    must(
        channel.sql(
            APPLICATION,
            "person " + occupant.id(),
            Manner.COMMIT,
            "insert into notes.bookmark (person_id, id, body) values ('%s', '%s', '%s')"
                .formatted(occupant.id(), UUID.randomUUID(), occupant.canary())));
    must(
        channel.sql(
            APPLICATION,
            "platform review",
            Manner.COMMIT,
            "insert into notes.bulletin (id, body) values ('%s', '%s')"
                .formatted(UUID.randomUUID(), occupant.canary())));
  }

  private static void must(List<Answer> answers) {
    for (Answer answer : answers) {
      if (!(answer instanceof Answer.Count(long changed)) || changed != 1) {
        throw new LaboratoryException("a canary could not be planted: " + answer.readable());
      }
    }
  }
}
