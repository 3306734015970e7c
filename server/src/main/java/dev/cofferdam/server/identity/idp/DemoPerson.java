package dev.cofferdam.server.identity.idp;

import java.util.List;
import java.util.Optional;

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

  DemoPerson(String subject, String name, String email, String part) {
    this(subject, name, email, part, List.of());
  }

  static Optional<DemoPerson> of(String subject) {
    return ALL.stream().filter(person -> person.subject().equals(subject)).findFirst();
  }
}
