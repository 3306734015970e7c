package dev.cofferdam.server.oauth;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.cofferdam.server.surface.SignIn;
import dev.cofferdam.server.surface.TokenScope;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** An access token as its client gets it. No record: it is a secret. */
public final class AccessToken {
  private final String text;
  private final Grant grant;
  private final Duration goodFor;

  /**
   * What it says.
   *
   * @param issuer by the name under which it was asked for
   * @param client who asked
   * @param holder what it stands on
   * @param subject a person, or the client itself where there is none (RFC 9068, section 2.2)
   * @param signIn how the person had signed in
   * @param boundTo the key without which it is worth nothing
   */
  public record Grant(
      Issuer issuer,
      ClientId client,
      Holder holder,
      String subject,
      Set<TokenScope> scopes,
      Optional<SignIn> signIn,
      Optional<KeyThumbprint> boundTo) {
    public Grant {
      scopes = Set.copyOf(scopes);
    }
  }

  public AccessToken(String text, Grant grant, Duration goodFor) {
    this.text = text;
    this.grant = grant;
    this.goodFor = goodFor;
  }

  /** To be shown to the client, and to nobody else. */
  @JsonValue
  public String text() {
    return text;
  }

  public Grant grant() {
    return grant;
  }

  public Duration goodFor() {
    return goodFor;
  }

  @Override
  public String toString() {
    return "an access token";
  }
}
