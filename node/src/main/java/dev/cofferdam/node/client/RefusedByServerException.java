package dev.cofferdam.node.client;

import java.io.IOException;

/** The server answered, and would answer the same again; the message says what to do. */
public final class RefusedByServerException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  public RefusedByServerException(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** With what the server says that one can do. */
  public static RefusedByServerException of(Reply reply) {
    String code = reply.code();
    String next = reply.member("next");
    return new RefusedByServerException(
        reply.status(),
        code,
        "The server refused: %s%s"
            .formatted(
                code.isEmpty() ? "status " + reply.status() : code.replace('_', ' ') + ".",
                next.isEmpty() ? "" : " " + next));
  }

  public int status() {
    return status;
  }

  /** As the catalogue of problems has it, or as OAuth does; empty when it said none. */
  public String code() {
    return code;
  }
}
