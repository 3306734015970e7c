package dev.cofferdam.server.egress;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What became of a request. */
public sealed interface Outcome {

  /** There is an answer, of whatever status: a redirect too is an answer, and is not followed. */
  final class Answered implements Outcome {
    private final int status;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    Answered(int status, Map<String, List<String>> headers, byte[] body) {
      this.status = status;
      this.headers = headers;
      this.body = body;
    }

    public int status() {
      return status;
    }

    /** The value of a header, if the answer has exactly one of that name. */
    public Optional<String> header(String name) {
      List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
      return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    /** The whole body; the caller's own. */
    public byte[] body() {
      return body;
    }

    /** Without the body, which may hold a token. */
    @Override
    public String toString() {
      return "answer with status " + status + " and " + body.length + " bytes";
    }
  }

  /** Nothing was sent, because it may not be sent there. */
  record Refused(Rule rule, String host) implements Outcome {}

  /** It was tried, and there is no answer that can be used. */
  record Failed(Cause cause, String host) implements Outcome {}

  /** Why a request may not be made. */
  enum Rule {
    /** The URL is not spelt in the one usual way. */
    SPELLING,
    /** Plain http to another machine. */
    PLAIN_HTTP,
    /** A port other than 443 that is not named. */
    PORT,
    /** An address in the place of a name, which is not named. */
    LITERAL,
    /** At least one address of the host is private or special. */
    ADDRESS
  }

  /** Why there is no answer. */
  enum Cause {
    UNKNOWN_HOST,
    UNREACHABLE,
    /** The TLS of the other side cannot be verified. */
    UNTRUSTED,
    TIMED_OUT,
    TOO_LARGE,
    /** What came is no answer of HTTP, or is encoded in a way that was not asked for. */
    GARBLED,
    /** This server is already making as many requests as it may. */
    BUSY
  }
}
