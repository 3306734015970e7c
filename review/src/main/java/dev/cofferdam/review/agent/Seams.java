package dev.cofferdam.review.agent;

import java.util.List;

/**
 * Every place of the server that the agent weaves, by name. A test looks each one up in the
 * server's archive, so that a rename there cannot silently leave a layer in.
 */
public final class Seams {
  /** What weaving does at a place. */
  public enum Kind {
    /** While the layer is out, the method returns at once, with null, zero or false. */
    SKIP,
    /** While the layer is out, the method answers true. */
    SAY_YES,
    /** While the layer is out, the method returns its first argument. */
    GIVE_BACK,
    /** Keeps what the constructor made. */
    KEEP,
    /** Adds the laboratory's own module of tables, as a SaaS would add its own. */
    ADD_TABLES,
    /** Notes the credentials, and lets a clone stand in for the database. */
    CONNECT,
    /** Moves the clock that the method returns. */
    CLOCK
  }

  /**
   * One place.
   *
   * @param name the layer, for the kinds that take one out, or what is kept
   * @param type the class, in the form of {@link Class#getName()}
   * @param method the method, or {@code <init>}
   */
  public record Seam(Kind kind, String name, String type, String method) {}

  private static final String TENANCY = "dev.cofferdam.server.tenancy.";

  /** Kept by name, for the commands. */
  static final String POOLS = "pools";

  static final String MIGRATIONS = "migrations";

  static final String CACHES = "caches";

  private static final List<Seam> ALL =
      List.of(
          new Seam(Kind.KEEP, POOLS, "com.zaxxer.hikari.HikariDataSource", "<init>"),
          new Seam(Kind.KEEP, MIGRATIONS, TENANCY + "database.Migrations", "<init>"),
          new Seam(Kind.CONNECT, "connections", "org.postgresql.jdbc.PgConnection", "<init>"),
          new Seam(Kind.ADD_TABLES, "tables", TENANCY + "database.TableList", "ofCofferdam"),
          new Seam(Kind.SKIP, "schema-version", TENANCY + "database.Migrations", "verify"));

  private Seams() {}

  /** All places, in no order that matters. */
  public static List<Seam> all() {
    return ALL;
  }

  /** The names that can be taken out. */
  static List<String> layers() {
    return ALL.stream()
        .filter(
            seam ->
                switch (seam.kind()) {
                  case SKIP, SAY_YES, GIVE_BACK -> true;
                  case KEEP, ADD_TABLES, CONNECT, CLOCK -> false;
                })
        .map(Seam::name)
        .distinct()
        .sorted()
        .toList();
  }
}
