package dev.cofferdam.server.oauth.authorization;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.server.oauth.authorization.AuthorizationRequest.AnswerPlace;
import java.net.URLEncoder;

/** Where a browser is sent with the answer to a client's request. Always with {@code iss}. */
public final class Answer {
  private Answer() {}

  /** With a code, to be exchanged. */
  public static String with(AnswerPlace place, AuthorizationCode code) {
    return with(place, "code", code.text());
  }

  /** With the reason why there is none. */
  public static String with(AnswerPlace place, RequestFault fault) {
    return with(place, "error", fault.text());
  }

  private static String with(AnswerPlace place, String name, String value) {
    StringBuilder parameters = new StringBuilder();
    append(parameters, name, value);
    place.state().ifPresent(state -> append(parameters, "state", state));
    append(parameters, "iss", place.issuer().origin());
    return place.redirectUri().with(parameters.substring(1));
  }

  private static void append(StringBuilder parameters, String name, String value) {
    parameters.append('&').append(name).append('=').append(encoded(value));
  }

  /** In the form that every reader of a query takes for the same (no `+` for a space). */
  static String encoded(String value) {
    return URLEncoder.encode(value, UTF_8).replace("+", "%20").replace("*", "%2A");
  }
}
