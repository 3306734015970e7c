package dev.cofferdam.server.identity.idp;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Somebody who exists only here.
 *
 * @param subject what tokens call them
 * @param part what they are there for, in words
 * @param roles as tokens have them
 */
record DemoPerson(String subject, String name, String email, String part, List<String> roles) {
  static final List<DemoPerson> ALL =
      List.of(
          new DemoPerson("ada", "Ada", "owner@acme.example", "owner at Acme"),
          new DemoPerson("grace", "Grace", "admin@acme.example", "admin at Acme"),
          new DemoPerson("alan", "Alan", "member@acme.example", "member at Acme"),
          new DemoPerson("edith", "Edith", "auditor@acme.example", "auditor at Acme"),
          new DemoPerson("niklaus", "Niklaus", "owner@globex.example", "owner at Globex"),
          new DemoPerson("mallory", "Mallory", "mallory@initech.example", "at no tenant of yours"),
          new DemoPerson(
              "ken",
              "Ken",
              "ken@platform.example",
              "operator of the platform",
              List.of("operator")));

  /** Whoever is on no page; the local part of their address is what follows. */
  private static final Pattern ANYBODY = Pattern.compile("anybody-([a-z0-9-]{1,64})");

  DemoPerson(String subject, String name, String email, String part) {
    this(subject, name, email, part, List.of());
  }

  static Optional<DemoPerson> of(String subject) {
    return ALL.stream().filter(person -> person.subject().equals(subject)).findFirst();
  }

  /** Somebody of whom nothing is known but what they call themselves; they have no role. */
  static Optional<DemoPerson> anybody(String subject) {
    Matcher called = ANYBODY.matcher(subject);
    return called.matches()
        ? Optional.of(
            new DemoPerson(subject, subject, called.group(1) + "@anybody.example", "anybody"))
        : Optional.empty();
  }
}
