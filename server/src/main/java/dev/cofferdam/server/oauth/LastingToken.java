package dev.cofferdam.server.oauth;

import dev.cofferdam.server.identity.token.BearerToken;
import dev.cofferdam.server.identity.token.TokenView;

/** A token of a person's own, as the client gets it that they made it for. No record: a secret. */
public final class LastingToken {
  private final String text;
  private final TokenView view;

  private LastingToken(String text, TokenView view) {
    this.text = text;
    this.view = view;
  }

  public static LastingToken of(TokenView view, BearerToken secret) {
    return new LastingToken(secret.text(), view);
  }

  /** To be shown to the client, and to nobody else. */
  public String text() {
    return text;
  }

  /** What it is for. */
  public TokenView view() {
    return view;
  }

  @Override
  public String toString() {
    return "a token that lasts";
  }
}
