package dev.cofferdam.server.authz;

import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.Workspace;
import java.util.Locale;

/** The role of a person or a service in a tenant, or that there is none. */
public enum Membership {
  NONE,
  MEMBER,
  AUDITOR,
  ADMIN,
  OWNER;

  public static Membership of(Role role) {
    return switch (role) {
      case MEMBER -> MEMBER;
      case AUDITOR -> AUDITOR;
      case ADMIN -> ADMIN;
      case OWNER -> OWNER;
    };
  }

  static Membership of(Caller caller) {
    return switch (caller) {
      case Caller.Person person ->
          person.workspace().map(Workspace::role).map(Membership::of).orElse(NONE);
      case Caller.Anonymous anonymous -> NONE;
      case Caller.Operator operator -> NONE;
      case Caller.Visitor visitor -> NONE;
      case Caller.Node node -> NONE;
      case Caller.Bearer bearer -> of(bearer.in().role());
    };
  }

  /** As policies name it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
