package dev.cofferdam.server.identity.idp;

import java.util.List;
import java.util.Optional;

/**
 * Somebody who exists only here.
 *
 * @param subject what tokens call them
 * @param part what they are there for, in words
 */
record DemoPerson(String subject, String name, String email, String part) {
  static final List<DemoPerson> ALL =
      List.of(
          new DemoPerson("ada", "Ada", "owner@acme.example", "owner at Acme"),
          new DemoPerson("grace", "Grace", "admin@acme.example", "admin at Acme"),
          new DemoPerson("alan", "Alan", "member@acme.example", "member at Acme"),
          new DemoPerson("edith", "Edith", "auditor@acme.example", "auditor at Acme"),
          new DemoPerson("niklaus", "Niklaus", "owner@globex.example", "owner at Globex"),
          new DemoPerson("mallory", "Mallory", "mallory@initech.example", "at no tenant of yours"));

  static Optional<DemoPerson> of(String subject) {
    return ALL.stream().filter(person -> person.subject().equals(subject)).findFirst();
  }
}
