package dev.cofferdam.server.edge;

import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Renders refusals as clients of the authorization server read them (RFC 6749, section 5.2). What
 * it writes comes from the catalogue, never from the request or an exception.
 */
public final class OAuthErrors {
  private static final int BAD_REQUEST = 400;
  private static final int SERVER_ERROR = 500;

  private OAuthErrors() {}

  /**
   * Answers with a refusal. Header fields that are there already stay.
   *
   * @throws IOException when the client is gone
   */
  public static void write(HttpServletResponse response, Refusal refusal) throws IOException {
    ProblemCode code = refusal.code();
    Problems.write(
        response,
        refusal,
        status(code),
        "application/json",
        """
        {"error":"%s","error_description":"%s. %s"}\
        """
            .formatted(error(code), code.title(), code.next()));
  }

  /** The code of the specification that says it, or the nearest. */
  public static String error(ProblemCode code) {
    if (code.isOfOauth()) {
      return code.code();
    }
    return switch (code) {
      // Whatever was shown in place of a client's assertion.
      case UNAUTHENTICATED, INVALID_TOKEN -> ProblemCode.INVALID_CLIENT.code();
      case RATE_LIMITED,
          UNAVAILABLE,
          AUDIT_UNAVAILABLE,
          IDENTITY_PROVIDER_UNAVAILABLE,
          RECEIPT_PENDING,
          REQUEST_TIMEOUT ->
          "temporarily_unavailable";
      default -> code.status() < SERVER_ERROR ? "invalid_request" : "server_error";
    };
  }

  /** A proof that is none says nothing of who the client is (RFC 9449, section 5). */
  public static int status(ProblemCode code) {
    return code == ProblemCode.INVALID_DPOP_PROOF ? BAD_REQUEST : code.status();
  }
}
