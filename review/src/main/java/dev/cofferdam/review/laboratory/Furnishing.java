package dev.cofferdam.review.laboratory;

import dev.cofferdam.review.attack.Occupant;
import dev.cofferdam.review.wire.Answer;
import dev.cofferdam.review.wire.ControlChannel;
import dev.cofferdam.review.wire.Manner;
import java.util.List;
import java.util.UUID;

/**
 * Puts tenants into a new server, and a canary of each into every table that holds tenants' rows.
 */
final class Furnishing {
  private static final String APPLICATION = "cofferdam_app";

  private Furnishing() {}

  /** The attacker's tenant, the victim's, and one with a schema of its own. */
  static List<Occupant> of(ControlChannel channel) {
    List<Occupant> occupants =
        List.of(
            tenant(channel, "harbour", "SHARED"),
            tenant(channel, "lighthouse", "SHARED"),
            tenant(channel, "breakwater", "SCHEMA"));
    occupants.forEach(occupant -> plant(channel, occupant));
    return occupants;
  }

  private static Occupant tenant(ControlChannel channel, String slug, String placement) {
    UUID id = UUID.randomUUID();
    String outcome = channel.createTenant(id, slug, placement);
    if (!outcome.startsWith("Created")) {
      throw new LaboratoryException("the tenant `" + slug + "` was not made: " + outcome);
    }
    String schema =
        placement.equals("SCHEMA") ? "tenant_" + id.toString().replace("-", "") : "notes";
    return new Occupant(id, slug, "canary-" + UUID.randomUUID(), schema);
  }

  private static void plant(ControlChannel channel, Occupant occupant) {
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
