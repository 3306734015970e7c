package dev.cofferdam.server.surface;

/** What a person is in a tenant. Not an order: an auditor reads what a member does not. */
public enum Role {
  OWNER,
  ADMIN,
  MEMBER,
  AUDITOR
}
