package dev.cofferdam.server.authz;

import dev.cofferdam.server.surface.Caller;

/** What kind of thing acts. */
public enum Subject {
  /** Nobody has shown who they are. */
  ANONYMOUS("Anonymous"),
  /** A person with a session of their own. */
  PERSON("Person"),
  /** A client that acts for a person. */
  AGENT("Agent"),
  /** A client that acts for a tenant. */
  SERVICE("Service"),
  /** A workload that holds its own keys. */
  NODE("Node"),
  /** A person who runs the platform, and is in no tenant. */
  OPERATOR("Operator"),
  /** A person who runs the platform, and reads in one tenant for an emergency. */
  VISITOR("Visitor");

  private final String type;

  Subject(String type) {
    this.type = type;
  }

  /** As policies name it. */
  String type() {
    return type;
  }

  static Subject of(Caller caller) {
    return switch (caller) {
      case Caller.Anonymous anonymous -> ANONYMOUS;
      case Caller.Person person -> PERSON;
      case Caller.Operator operator -> OPERATOR;
      case Caller.Visitor visitor -> VISITOR;
      case Caller.Agent agent -> AGENT;
      case Caller.Service service -> SERVICE;
      case Caller.Node node -> NODE;
    };
  }
}
