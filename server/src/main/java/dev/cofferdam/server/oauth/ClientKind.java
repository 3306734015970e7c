package dev.cofferdam.server.oauth;

/** Whom a client asks for. */
public enum ClientKind {
  /** A person, who was asked for consent. */
  APPLICATION,
  /** Itself: a service of its tenant. */
  SERVICE,
  /** Itself: a node. */
  NODE
}
