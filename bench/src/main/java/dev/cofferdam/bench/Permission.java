package dev.cofferdam.bench;

import dev.cofferdam.server.authz.Action;
import dev.cofferdam.server.authz.Authorization;
import dev.cofferdam.server.authz.Decision;
import dev.cofferdam.server.authz.Facts;
import dev.cofferdam.server.authz.Matter;
import dev.cofferdam.server.authz.Membership;
import dev.cofferdam.server.authz.Relation;
import dev.cofferdam.server.authz.Standing;
import dev.cofferdam.server.authz.Subject;
import dev.cofferdam.server.tenancy.Placement;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What authorization costs: reading a project with and without the facts about it, among a million
 * grants, both bound; and deciding on facts that were decided on before.
 */
final class Permission {
  static final String READ = "project";
  static final String DECISION = "decision";

  static final int PROJECTS = 100;
  static final int PERSONS = 100;

  private static final UUID TENANT = UUID.fromString("00000000-0000-0000-0000-000000000042");
  private static final Scope SCOPE =
      new Scope.OfTenant(new TenantId(TENANT), new Placement.Shared());
  private static final String ONE = " and p.project_id = :project";
  private static final String WITHOUT_FACTS =
      """
      select p.tenant_id, p.project_id, p.name, p.state, p.version, p.created_at, p.changed_at
        from authz.project p
       where p.tenant_id = :tenant
      """
          + ONE;
  private static final String WITH_FACTS =
      Ground.resource("/dev/cofferdam/server/authz/project_with_facts.sql")
              .replace("{schema}", "authz")
          + ONE;

  private final JdbcClient bound;

  private Permission(JdbcClient bound) {
    this.bound = bound;
  }

  /** Fills the tables, which takes about a minute. */
  static List<Contest> contests(Ground ground) {
    JdbcTemplate superuser = new JdbcTemplate(ground.guardedSuperuser());
    superuser.execute(Ground.resource("grants.sql"));
    superuser.execute(
        "vacuum analyze authz.project, authz.granted, authz.member_group, authz.group_member");
    return List.of(new Permission(JdbcClient.create(ground.bound())).facts(), decision());
  }

  private Contest facts() {
    return new Contest(
        READ,
        PROJECTS,
        List.of(
            new Contender("without facts", item -> read(WITHOUT_FACTS, item, false)),
            new Contender("with facts", item -> read(WITH_FACTS, item, true))),
        List.of(
            Bar.ratio(
                "read with authorization facts against without, a million grants",
                "with facts",
                "without facts",
                1 / 1.5,
                1 / 1.3)));
  }

  private void read(String statement, int item, boolean facts) {
    Scopes.run(
        SCOPE,
        () -> {
          JdbcClient.StatementSpec sql =
              bound.sql(statement).param("tenant", TENANT).param("project", id(item, 'a'));
          if (facts) {
            sql =
                sql.param("holder_kind", "person").param("holder", id(1 + item * 7 % PERSONS, 'b'));
          }
          sql.query((row, number) -> row.getString("name")).single();
        });
  }

  /** As the tables were filled: a letter, then the number in 31 digits. */
  private static UUID id(int number, char letter) {
    String hex = letter + "%031d".formatted(number);
    return UUID.fromString(hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5"));
  }

  private static Contest decision() {
    Authorization authorization = Authorization.ofServer(new SimpleMeterRegistry());
    Standing member = new Standing(Subject.PERSON, Membership.MEMBER, true, true, true, true);
    return new Contest(
        DECISION,
        PROJECTS,
        List.of(
            new Contender(
                "kept",
                item -> {
                  // A thousand, so that the clock of the measurement does not count.
                  for (int time = 0; time < 1_000; time++) {
                    Relation relation = Relation.values()[1 + (item + time) % 3];
                    Decision decision =
                        authorization.decide(
                            new Facts(
                                Action.VIEW_THING,
                                member,
                                new Matter.OnThing(
                                    new Matter.Reach(relation, false), Matter.State.ACTIVE)));
                    if (!(decision instanceof Decision.Permitted)) {
                      throw new IllegalStateException("a reader may not read");
                    }
                  }
                })),
        List.of());
  }
}
