package dev.cofferdam.server.oauth.authorization;

import dev.cofferdam.server.oauth.authorization.AuthorizationRequest.AnswerPlace;

/** What a request for authorization came to when it was read. */
public sealed interface Reading {
  /** It may be put to a person. */
  record Good(AuthorizationRequest request) implements Reading {}

  /** It may not, and the client is told. */
  record Faulty(AnswerPlace to, RequestFault fault) implements Reading {}

  /**
   * Who asks, or where the answer is to go, is not known: it goes nowhere, and whoever holds the
   * browser is told.
   *
   * @param parameter which is at fault
   */
  record Unfounded(String parameter) implements Reading {}
}
