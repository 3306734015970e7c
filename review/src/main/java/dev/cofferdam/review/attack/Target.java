package dev.cofferdam.review.attack;

import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Answer;
import dev.cofferdam.review.wire.ControlChannel;
import dev.cofferdam.review.wire.Manner;
import dev.cofferdam.review.wire.Session;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One laboratory database and the server before it, with an attacker's tenant and a victim's.
 *
 * @param address host and port of PostgreSQL
 * @param database the clone that stands in for the server's database
 * @param passwords by role
 * @param superuser who may do anything in the cluster: for planting, never for attacking
 * @param placed a tenant with a schema of its own
 * @param web the same over HTTP
 * @param around what else of the laboratory an attack can reach
 */
public record Target(
    ControlChannel server,
    String address,
    String database,
    Map<String, String> passwords,
    String superuser,
    Occupant attacker,
    Occupant victim,
    Occupant placed,
    Web web,
    Surroundings around) {

  private static final String APPLICATION = "cofferdam_app";

  public Target {
    passwords = Map.copyOf(passwords);
  }

  /** What of it a server that is no laboratory's has too. */
  public Scene scene() {
    return new Scene(attacker, victim, web, Optional.of(this::asSuperuser));
  }

  /** A connection with the application role's own password, and bound to nothing. */
  public Session asApplication() throws SQLException {
    return as(APPLICATION);
  }

  /** A connection as {@code role}. */
  public Session as(String role) throws SQLException {
    return in(database, role);
  }

  private Session in(String where, String role) throws SQLException {
    String password = passwords.get(role);
    if (password == null) {
      throw new IllegalStateException("the server has never connected as " + role);
    }
    return Session.open(address, where, role, password);
  }

  /** A connection that may do anything. */
  public Session asSuperuser() throws SQLException {
    return as(superuser);
  }

  /** The same, beside the target's database: for what cannot be done from within it. */
  public Session asSuperuserBeside() throws SQLException {
    return in("postgres", superuser);
  }

  /** Statements of the attacker's choice inside a request of the attacker's tenant. */
  public List<Answer> inject(Manner manner, String... statements) {
    return server.sql(APPLICATION, attacker.scope(), manner, statements);
  }

  /** Statements of the application in {@code scope}. */
  public List<Answer> inScope(String scope, Manner manner, String... statements) {
    return server.sql(APPLICATION, scope, manner, statements);
  }

  /** Succeeded when the victim's canary can be read anywhere in the answers. */
  public Verdict canaryIn(List<Answer> answers) {
    for (Answer answer : answers) {
      if (answer.readable().contains(victim.canary())) {
        return new Verdict.Succeeded("read `" + victim.canary() + "` of tenant " + victim.slug());
      }
    }
    return new Verdict.Refused(summary(answers));
  }

  /** The same with the tenant in its own schema as the victim. */
  public Target againstPlaced() {
    return new Target(
        server, address, database, passwords, superuser, attacker, placed, placed, web, around);
  }

  /** The same with the database as it was before the attack, and with the mirror as it is. */
  public Target restored() {
    return new Target(
        server,
        address,
        around.restore().get(),
        passwords,
        superuser,
        attacker,
        victim,
        placed,
        web,
        around);
  }

  /** The answers in a line, the same ones once. */
  public static String summary(List<Answer> answers) {
    String all =
        answers.stream()
            .map(Target::brief)
            .collect(
                Collectors.groupingBy(
                    text -> text, java.util.LinkedHashMap::new, Collectors.counting()))
            .entrySet()
            .stream()
            .map(
                entry ->
                    entry.getValue() == 1
                        ? entry.getKey()
                        : entry.getValue() + " × " + entry.getKey())
            .collect(Collectors.joining("; "));
    return all.isEmpty() ? "no answer" : all;
  }

  private static String brief(Answer answer) {
    return switch (answer) {
      case Answer.Failed failed -> failed.readable();
      case Answer.Count count -> count.readable();
      case Answer.Rows(var rows) -> rows.size() + " rows";
    };
  }

  /** The probe of attacks by injection: the attacker's tenant still reads its own canary. */
  public String readsItsOwn() {
    Answer answer =
        inject(Manner.EACH, "select body from " + attacker.schema() + ".note").getFirst();
    if (!answer.readable().contains(attacker.canary())) {
      throw new IllegalStateException("the attacker's tenant cannot read its own: " + answer);
    }
    return "its own canary is readable";
  }

  /** Every {@code statements} on a fresh connection each, with the application's password alone. */
  public List<Answer> unbound(String... statements) {
    return Arrays.stream(statements)
        .map(
            sql -> {
              try (Session session = asApplication()) {
                return session.run(sql);
              } catch (SQLException failed) {
                throw new IllegalStateException(failed);
              }
            })
        .toList();
  }
}
