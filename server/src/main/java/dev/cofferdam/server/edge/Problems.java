package dev.cofferdam.server.edge;

import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.RequestId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Renders refusals and failures (RFC 9457), for every place that can come to one. What it writes
 * comes from the catalogue and from us, never from the request or an exception.
 */
public final class Problems {
  private static final String CHALLENGE = "WWW-Authenticate";
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private Problems() {}

  /**
   * Answers with a refusal. Header fields that are there already stay.
   *
   * @throws IOException when the client is gone
   */
  public static void write(HttpServletResponse response, Refusal refusal, RequestId request)
      throws IOException {
    write(
        response,
        refusal,
        refusal.code().status(),
        "application/problem+json",
        body(refusal, request));
  }

  /**
   * The same to whoever may not know where tokens are to be had: the challenge says where that is
   * written (RFC 9728, section 5.1).
   */
  public static void write(
      HttpServletRequest asked, HttpServletResponse response, Refusal refusal, RequestId request)
      throws IOException {
    Challenge.of(refusal, origin(asked))
        .ifPresent(challenge -> response.setHeader(CHALLENGE, challenge));
    write(response, refusal, request);
  }

  /** This server by the name that it was asked by, which the perimeter has checked. */
  private static String origin(HttpServletRequest asked) {
    int port = asked.getServerPort();
    boolean usual = port == (asked.getScheme().equals("https") ? HTTPS : HTTP);
    return asked.getScheme() + "://" + asked.getServerName() + (usual ? "" : ":" + port);
  }

  /** The same for a person: the status and the header fields are those of the problem document. */
  public static void writePage(HttpServletResponse response, Refusal refusal, String page)
      throws IOException {
    write(response, refusal, refusal.code().status(), "text/html;charset=UTF-8", page);
  }

  static void write(
      HttpServletResponse response, Refusal refusal, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    response.resetBuffer();
    response.setStatus(status);
    response.setContentType(type);
    response.setHeader("Cache-Control", "no-store");
    fields(response, refusal);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private static void fields(HttpServletResponse response, Refusal refusal) {
    Duration wait = refusal.retryAfter();
    if (wait != null) {
      response.setHeader(
          "Retry-After", Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
    }
    if (response.getHeader(CHALLENGE) == null) {
      Challenge.of(refusal).ifPresent(asked -> response.setHeader(CHALLENGE, asked));
    }
  }

  /** Every value is a code, a number, an id or a sentence of ours: nothing needs escaping. */
  static String body(Refusal refusal, RequestId request) {
    ProblemCode code = refusal.code();
    return "{\"type\":\"/problems/"
        + code.code()
        + "\",\"title\":\""
        + code.title()
        + "\",\"status\":"
        + code.status()
        + ",\"code\":\""
        + code.code()
        + "\",\"next\":\""
        + code.next()
        + "\""
        + member("field", refusal.field())
        + member("record_id", refusal.record())
        + ",\"request_id\":\""
        + request
        + "\"}";
  }

  private static String member(String name, @Nullable Object value) {
    return value == null ? "" : ",\"" + name + "\":\"" + value + "\"";
  }
}
