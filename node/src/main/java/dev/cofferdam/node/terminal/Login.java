package dev.cofferdam.node.terminal;

import java.net.URI;
import java.time.Instant;

/** What lets this terminal act for somebody. No record: there are secrets in it. */
final class Login {
  private final Endpoints at;
  private final String refreshToken;
  private final String accessToken;
  private final Instant until;

  /**
   * @param until when the access token is good no longer
   */
  Login(Endpoints at, String refreshToken, String accessToken, Instant until) {
    this.at = at;
    this.refreshToken = refreshToken;
    this.accessToken = accessToken;
    this.until = until;
  }

  Endpoints at() {
    return at;
  }

  URI server() {
    return at.server();
  }

  /** Good once, for the next. */
  String refreshToken() {
    return refreshToken;
  }

  String accessToken() {
    return accessToken;
  }

  Instant until() {
    return until;
  }

  @Override
  public String toString() {
    return "a login at " + at.server();
  }
}
