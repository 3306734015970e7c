package dev.cofferdam.node.client;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;

/**
 * What the server answered.
 *
 * @param body whole; a node asks for nothing that is larger than a mebibyte or two
 */
public record Reply(int status, HttpHeaders fields, byte[] body) {
  private static final long LONGEST_WAIT = 300;

  public boolean isDone() {
    return status >= 200 && status < 300;
  }

  /** A header field; empty when it is missing. */
  public Optional<String> field(String name) {
    return fields.firstValue(name);
  }

  /** A member of the JSON object that the body is; empty when there is none such. */
  public String member(String name) {
    return Members.of(body).getOrDefault(name, "");
  }

  /** Of the problem, or of OAuth's error; empty when it is neither. */
  public String code() {
    String code = member("code");
    return code.isEmpty() ? member("error") : code;
  }

  /** Whether the same request may do a little later. */
  public boolean isForNow() {
    return status == 429 || status == 408 || status == 502 || status == 503 || status == 504;
  }

  /** How long the server asks to wait, within reason. */
  public Optional<Duration> retryAfter() {
    return field("Retry-After")
        .filter(text -> text.matches("[0-9]{1,9}"))
        .map(text -> Duration.ofSeconds(Math.min(LONGEST_WAIT, Long.parseLong(text))));
  }
}
