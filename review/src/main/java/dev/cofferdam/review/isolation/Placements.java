package dev.cofferdam.review.isolation;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Occupant;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.wire.Answer;
import dev.cofferdam.review.wire.Manner;
import dev.cofferdam.review.wire.Session;
import dev.cofferdam.review.wire.Visit;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * ISO-06, ISO-08 and the tenants' half of OPS-01: schemas of tenants, and names that lead
 * elsewhere.
 */
public final class Placements {
  private Placements() {}

  public static List<Attack> all() {
    return List.of(
        placed(
            "ISO-06.missing-schema",
            "comes as a tenant whose own schema is gone, while shared rows bear its id",
            Set.of(Identity.INJECTION),
            Placements::missingSchema),
        placed(
            "ISO-08.other-schema",
            "names the schema of another tenant, and puts it first on the search path",
            Set.of(Identity.INJECTION),
            Placements::otherSchema),
        placed(
            "ISO-08.shadow",
            "makes objects of its own where names are looked up",
            Set.of(Identity.INJECTION, Identity.APPLICATION_PASSWORD),
            Placements::shadow),
        placed(
            "OPS-01.tenant-schema-behind",
            "works in a tenant's schema that is at another version than the server",
            Set.of(Identity.OPERATOR),
            Placements::behind));
  }

  private static Attack placed(
      String id, String does, Set<Identity> needs, Attack.Assault assault) {
    return new Attack(id, does, Mode.DESTRUCTIVE, needs, assault, Tenants::comesIn);
  }

  private static Verdict missingSchema(Target target) throws SQLException {
    Occupant placed = target.placed();
    try (Session session = target.asSuperuser()) {
      session.must(
          "insert into notes.note values ('%s', gen_random_uuid(), 'stray', '%s')"
              .formatted(placed.id(), target.victim().canary()));
      session.must("drop schema " + placed.schema() + " cascade");
    }
    Visit visit =
        target
            .server()
            .visit(
                placed.id(),
                "select body from {schema}.note",
                "insert into {schema}.note values ('%s', gen_random_uuid(), 'x', 'x')"
                    .formatted(placed.id()));
    if (visit.answers().isEmpty()) {
      return new Verdict.Refused(visit.gate());
    }
    return target.canaryIn(visit.answers());
  }

  private static Verdict otherSchema(Target target) {
    Target against = target.againstPlaced();
    String schema = target.placed().schema();
    return against.canaryIn(
        target.inject(
            Manner.COMMIT,
            "select body from " + schema + ".note",
            "set local search_path = " + schema + ", public, pg_catalog",
            "select body from note",
            "select body from notes.note",
            "select n::text from " + schema + ".note n",
            "select body from " + schema + ".comment"));
  }

  private static Verdict shadow(Target target) throws SQLException {
    String[] makes = {
      "create table public.note (body text)",
      "create view public.note as select 1",
      "create schema evil",
      "create function public.bound_tenant() returns uuid return null::uuid",
      "create function notes.bound_tenant() returns uuid return null::uuid",
      "create function tenancy.bound_tenant2() returns uuid return null::uuid",
      "create table notes.shadow (body text)",
      "create table " + target.placed().schema() + ".shadow (body text)",
      "create type public.uuid as enum ('a')",
      "create operator public.= (leftarg = uuid, rightarg = uuid, function = uuid_eq)",
      "create domain public.text as integer"
    };
    List<Answer> answers = new ArrayList<>(target.inject(Manner.EACH, makes));
    answers.addAll(target.unbound(makes));
    long made = answers.stream().filter(answer -> !(answer instanceof Answer.Failed)).count();
    return made == 0
        ? new Verdict.Refused(Target.summary(answers))
        : new Verdict.Succeeded(
            made + " objects of the attacker's stand where names are looked up");
  }

  private static Verdict behind(Target target) throws SQLException {
    Occupant placed = target.placed();
    try (Session session = target.asSuperuser()) {
      session.must(
          "update tenancy.tenant set placed_as = repeat('0', 64) where tenant_id = '"
              + placed.id()
              + "'");
    }
    Visit visit = target.server().visit(placed.id(), "select body from {schema}.note");
    return visit.answers().stream().anyMatch(a -> a.readable().equals(placed.canary()))
        ? new Verdict.Succeeded("worked in a schema of another version: " + visit.gate())
        : new Verdict.Refused(visit.gate());
  }
}
