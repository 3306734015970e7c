package dev.cofferdam.server.identity.oidc;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a browser brings back from an identity provider. No records: a code is a credential. */
public abstract sealed class CallbackAnswer {
  private static final int LONGEST = 2048;

  private final String state;
  private final @Nullable String issuer;

  private CallbackAnswer(String state, @Nullable String issuer) {
    this.state = state;
    this.issuer = issuer;
  }

  /**
   * Reads the parameters of the callback.
   *
   * @return empty when it is no answer: a parameter is missing, there twice or too long, or there
   *     are both a code and an error
   */
  public static Optional<CallbackAnswer> of(Map<String, List<String>> parameters) {
    for (List<String> values : parameters.values()) {
      if (values.size() != 1 || values.getFirst().length() > LONGEST) {
        return Optional.empty();
      }
    }
    @Nullable String state = one(parameters, "state");
    @Nullable String code = one(parameters, "code");
    @Nullable String issuer = one(parameters, "iss");
    if (state == null || (code == null) == (one(parameters, "error") == null)) {
      return Optional.empty();
    }
    return Optional.of(
        code == null ? new Declined(state, issuer) : new Granted(state, issuer, code));
  }

  private static @Nullable String one(Map<String, List<String>> parameters, String name) {
    List<String> values = parameters.get(name);
    return values == null || values.getFirst().isEmpty() ? null : values.getFirst();
  }

  String state() {
    return state;
  }

  /**
   * Whether it is an answer of {@code expected}.
   *
   * @param namesItself whether that one always says so
   */
  boolean from(String expected, boolean namesItself) {
    return issuer == null ? !namesItself : issuer.equals(expected);
  }

  /** Somebody signed in. */
  static final class Granted extends CallbackAnswer {
    private final String code;

    private Granted(String state, @Nullable String issuer, String code) {
      super(state, issuer);
      this.code = code;
    }

    String code() {
      return code;
    }
  }

  /** Nobody did. */
  static final class Declined extends CallbackAnswer {
    private Declined(String state, @Nullable String issuer) {
      super(state, issuer);
    }
  }

  @Override
  public String toString() {
    return "answer of an identity provider";
  }
}
