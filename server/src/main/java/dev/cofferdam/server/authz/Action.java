package dev.cofferdam.server.authz;

import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.TokenScope;
import java.util.List;
import java.util.Locale;

/** What can be done within a tenant, as policies name it. */
public enum Action {
  /** The tenant itself: its name and state. */
  VIEW_TENANT(Act.LOOK, Matter.OnTenant.class, TokenScope.TENANT_READ),
  /** Its members and invites. */
  VIEW_PEOPLE(Act.LOOK, Matter.OnTenant.class, TokenScope.MEMBERS_READ),
  VIEW_GROUPS(Act.LOOK, Matter.OnTenant.class, TokenScope.GROUPS_READ),
  /** That there are projects; which of them, by {@link #VIEW_THING}. */
  VIEW_PROJECTS(Act.LOOK, Matter.OnTenant.class, TokenScope.PROJECTS_READ),
  VIEW_AUDIT(Act.LOOK, Matter.OnTenant.class, TokenScope.AUDIT_READ),
  CHANGE_TENANT(Act.ADMINISTER, Matter.OnTenant.class),
  CLOSE_TENANT(Act.ADMINISTER, Matter.OnTenant.class, Assurance.RECENT_MULTI_FACTOR),
  /** Its domains and its own identity providers: whom it believes about people. */
  CHANGE_FEDERATION(Act.ADMINISTER, Matter.OnTenant.class, Assurance.RECENT_MULTI_FACTOR),
  /** Have an operator see nothing more who broke the glass. */
  END_EMERGENCY(Act.ADMINISTER, Matter.OnTenant.class),
  /** The nodes, and since when each has its keys. */
  VIEW_NODES(Act.LOOK, Matter.OnTenant.class),
  /** Name and revoke them, and end bootstrap tokens. */
  CHANGE_NODES(Act.ADMINISTER, Matter.OnTenant.class),
  /** Let a machine become one. */
  ADMIT_NODE(Act.ADMINISTER, Matter.OnTenant.class, Assurance.RECENT_MULTI_FACTOR),
  /** Groups, and who is in them. */
  CHANGE_GROUPS(Act.ADMINISTER, Matter.OnTenant.class),
  CREATE_PROJECT(Act.ADMINISTER, Matter.OnTenant.class),
  /** Make somebody a member, or give a member another role. */
  GIVE_ROLE(Act.ADMINISTER, Matter.OnRole.class),
  /** Remove a member. */
  TAKE_ROLE(Act.ADMINISTER, Matter.OnRole.class),
  /** A project, or a thing in one, without what is secret in it. */
  VIEW_THING(Act.LOOK, Matter.OnThing.class, TokenScope.PROJECTS_READ),
  /** What is secret in it: for nodes, and for no person. */
  READ_SECRET(Act.LOOK, Matter.OnThing.class),
  /** Who has which relation to it. */
  VIEW_GRANTS(Act.LOOK, Matter.OnThing.class, TokenScope.PROJECTS_READ),
  /** What is in it. */
  CHANGE_THING(Act.CHANGE, Matter.OnThing.class),
  /** Destroy a thing for good. */
  PURGE_THING(Act.ADMINISTER, Matter.OnThing.class, Assurance.RECENT_MULTI_FACTOR),
  /** Rename it, archive it, bring it back. */
  MANAGE_THING(Act.ADMINISTER, Matter.OnThing.class),
  GIVE_RELATION(Act.ADMINISTER, Matter.OnRelation.class),
  TAKE_RELATION(Act.ADMINISTER, Matter.OnRelation.class);

  private final Act act;
  private final Class<? extends Matter> matter;
  private final Assurance assurance;
  private final List<TokenScope> scope;

  Action(Act act, Class<? extends Matter> matter) {
    this(act, matter, Assurance.SIGNED_IN, List.of());
  }

  Action(Act act, Class<? extends Matter> matter, Assurance assurance) {
    this(act, matter, assurance, List.of());
  }

  Action(Act act, Class<? extends Matter> matter, TokenScope scope) {
    this(act, matter, Assurance.SIGNED_IN, List.of(scope));
  }

  Action(Act act, Class<? extends Matter> matter, Assurance assurance, List<TokenScope> scope) {
    this.act = act;
    this.matter = matter;
    this.assurance = assurance;
    this.scope = scope;
  }

  Act act() {
    return act;
  }

  /** The facts, beside the caller's standing, that it is decided on. */
  Class<? extends Matter> matter() {
    return matter;
  }

  /** The sign-in that it demands, whatever its route declares. */
  public Assurance assurance() {
    return assurance;
  }

  /** The scopes by any of which a token may, whatever its route declares; none may by none. */
  List<TokenScope> scope() {
    return scope;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
